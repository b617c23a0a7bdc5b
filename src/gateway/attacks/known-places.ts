/** A name that a program would give a field, not one that a caller made up to be different each time. */
const PLAIN_NAME = /^[A-Za-z_$@][\w$@-]{0,31}(?:\[\*\])*$/;
const MOST_PLACES = 100;

/**
 * The places of one route that stand in counted words. A caller can name fields as it likes; only so many are told apart, so
 * that what is counted by place stays small. All others are `query.{…}`.
 */
export class KnownPlaces {
  readonly #known = new Set<string>();

  nameOf(place: string): string {
    if (this.#known.has(place)) return place;
    const [carrier = '', ...names] = place.split('.');
    if (this.#known.size < MOST_PLACES && names.every((name) => PLAIN_NAME.test(name))) {
      this.#known.add(place);
      return place;
    }
    return names.length === 0 ? carrier : `${carrier}.{…}`;
  }
}
