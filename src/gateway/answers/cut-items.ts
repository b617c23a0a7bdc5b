import { type Node, type ParseError, parseTree } from 'jsonc-parser';

/**
 * A JSON answer with the places of its values, so that items can be cut out of the bytes as they came. `text` holds one
 * character a byte (latin1): offsets in it are offsets in the answer.
 */
export type PlacedJson = { readonly text: string; readonly root: Node };

/** Null for what is no JSON; nesting and doubled names must have been judged before (validation/strict-json.ts). */
export function placeJson(text: string): PlacedJson | null {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  return root === undefined || errors.length > 0 ? null : { text, root };
}

/** What stands at a path of names; null where nothing does. */
export function nodeAt(node: Node, path: readonly string[]): Node | null {
  let at: Node | null = node;
  for (const name of path) {
    if (at?.type !== 'object') return null;
    at = memberOf(at, name);
  }
  return at;
}

function memberOf(node: Node, name: string): Node | null {
  // Names stand in the text byte by byte.
  const wanted = Buffer.from(name).toString('latin1');
  for (const { children } of node.children ?? []) if (children?.[0]?.value === wanted) return children[1] ?? null;
  return null;
}

/** A text or number as text; a number as it is written, so that long ones keep every digit. Null for everything else. */
export function textOf({ text }: PlacedJson, node: Node | null): string | null {
  if (node === null) return null;
  const written = text.slice(node.offset, node.offset + node.length);
  if (node.type === 'number') return written;
  return node.type === 'string' ? (JSON.parse(Buffer.from(written, 'latin1').toString('utf8')) as string) : null;
}

/** The text without some items of `list`; every byte of what stays is as it was, with the commas between. */
export function cutItems({ text }: PlacedJson, list: Node, stays: (item: Node) => boolean): string {
  const items = list.children ?? [];
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return text;
  let kept = '';
  let before: Node | null = null;
  for (const item of items) {
    if (stays(item)) {
      // Between two that stay goes what stood before the latter; nothing before the first.
      const from: number = kept === '' || before === null ? item.offset : before.offset + before.length;
      kept += text.slice(from, item.offset + item.length);
    }
    before = item;
  }
  return text.slice(0, first.offset) + kept + text.slice(last.offset + last.length);
}
