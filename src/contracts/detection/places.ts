/** The field that an exclusion can name: of a place with a name that only callers know ("query.{…}") everything there. */
export function excludableField(place: string): string {
  const unknown = place.indexOf('.{…}');
  return unknown === -1 ? place : `${place.slice(0, unknown)}.*`;
}
