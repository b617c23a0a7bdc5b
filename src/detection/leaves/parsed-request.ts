/** How a body was read. */
export type BodyFormat = 'json' | 'form' | 'multipart' | 'xml' | 'graphql' | 'text' | 'binary' | 'none';

/** One request to judge, as it came. */
export type InspectedRequest = {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly target: string;
  /** Names and values in turn, as Node's `rawHeaders` are. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | null;
};

/** Where two programs may read a request differently: names of what was seen, each with its place. */
export type Oddity = { readonly kind: OddityKind; readonly place: string; readonly excerpt: string };

export type OddityKind =
  | 'json-broken'
  | 'json-duplicate-name'
  | 'json-too-deep'
  | 'content-type-lies'
  | 'content-type-missing'
  | 'content-type-twice'
  | 'charset-odd'
  | 'encoding-unknown'
  | 'encoding-broken'
  | 'encoding-bomb'
  | 'multipart-boundary'
  | 'multipart-broken'
  | 'multipart-unended'
  | 'multipart-doubled-field'
  | 'filename-twice'
  | 'parameter-twice'
  | 'parameter-name-odd'
  | 'url-encoding-broken'
  | 'overlong-utf8'
  | 'encoded-many-times';

/** A request as its readers see it, for detectors that judge it as a whole. */
export type ParsedRequest = {
  readonly method: string;
  /** Before the first `?`, as it came. */
  readonly path: string;
  /** After the first `?`, as it came; empty without one. */
  readonly query: string;
  /** Lower-case names with their values, doubles kept, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bodyFormat: BodyFormat;
  /** The body as text; null without one, or where it is none. */
  readonly body: string | null;
  /** GraphQL documents, each with its place. */
  readonly graphql: readonly { readonly place: string; readonly text: string }[];
  readonly oddities: readonly Oddity[];
};
