/** What the whole text is like, as far as it changes what a piece of it means. */
export type Surroundings = {
  /** See the subject's. */
  readonly prose: number;
  /** Whether it is a whole page, as mailings are, rather than a fragment put into one. */
  readonly isPage: boolean;
};

const SHORTEST_PAGE = 400;

export function surroundingsOf(text: string, prose: number): Surroundings {
  return { prose, isPage: text.length > SHORTEST_PAGE && /<(?:!doctype|html|head)\b/i.test(text) };
}
