/** What knows how much a text reads like writing for people; asked only when something is found, for the answer takes time. */
export type Prosaic = { readonly prose: number };

/** What the whole text is like, as far as it changes what a piece of it means. */
export type Surroundings = {
  readonly of: Prosaic;
  /** Whether it is a whole page, as mailings are, rather than a fragment put into one. */
  readonly isPage: boolean;
};

const SHORTEST_PAGE = 400;

export function surroundingsOf(text: string, of: Prosaic): Surroundings {
  return { of, isPage: text.length > SHORTEST_PAGE && /<(?:!doctype|html|head)\b/i.test(text) };
}
