/** What part of a request a text stands in. */
export type Carrier =
  | 'path'
  | 'query'
  | 'header'
  | 'cookie'
  | 'json'
  | 'form'
  | 'multipart'
  | 'xml'
  | 'graphql'
  | 'text';

/** A step on the way to a place: `body` → `items` → 3 → `note`. */
export type PlaceNode = { readonly parent: PlaceNode | null; readonly key: string | number };

/** One text that the application will read: the value of a field, or the name that a caller gave to one. */
export type Leaf = {
  readonly carrier: Carrier;
  readonly role: 'value' | 'name';
  readonly text: string;
  /** The container it stands in, null at the top, and its name or number there. */
  readonly parent: PlaceNode | null;
  readonly key: string | number;
};

/** Takes each leaf as it is found. */
export type LeafVisitor = (
  text: string,
  carrier: Carrier,
  role: 'value' | 'name',
  parent: PlaceNode | null,
  key: string | number,
) => void;

/** Whether nobody would look at a piece of a text, standing for itself: then it need not be visited. */
export type Skimmer = (text: string, from: number, to: number) => boolean;

/** As people write it: `body.items[3].note`. Long or odd names are shortened: a place goes into records. */
export function placeOf(parent: PlaceNode | null, key: string | number): string {
  const step = typeof key === 'number' ? `[${key}]` : cleanName(key);
  if (parent === null) return step;
  const before = placeOf(parent.parent, parent.key);
  return typeof key === 'number' ? `${before}${step}` : `${before}.${step}`;
}

const LONGEST_NAME = 64;

function cleanName(name: string): string {
  const clean = name.replace(/[^\w\-$@:[\]]/g, '?');
  return clean.length > LONGEST_NAME ? `${clean.slice(0, LONGEST_NAME)}…` : clean;
}
