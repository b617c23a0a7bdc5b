/** What an OpenAPI document says, in one shape for Swagger 2.0, OpenAPI 3.0 and 3.1, as far as a gateway can hold requests against it. */

export type JsonObject = Readonly<Record<string, unknown>>;
export type DocumentPath = readonly (string | number)[];
/** Requests must not hold what is read-only, answers not what is write-only. */
export type Direction = 'request' | 'answer';

/** One thing wrong with the document, or (as a warning) left out of it. `path` says where it stands. */
export type DescriptionFault = { readonly path: DocumentPath; readonly message: string; readonly hint?: string };

export type ParameterPlace = 'path' | 'query' | 'headers' | 'cookies';

/** How a value is written as text (OpenAPI 3.1 §4.8.12.2); `json`: as a JSON text; `tabDelimited` is Swagger's "tsv". */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'tabDelimited'
  | 'deepObject'
  | 'json';

export type Parameter = {
  readonly place: ParameterPlace;
  /** Header names in lower case. */
  readonly name: string;
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** Name in {@link Description.schemas}. */
  readonly schema: string;
};

/** A body of one content type. */
export type Content = {
  /** In lower case, without parameters; `*` stands for any (`image/*`). */
  readonly type: string;
  /** Name in {@link Description.schemas}; null: its form is not described. */
  readonly schema: string | null;
  /** Fields of a form that are written in a way of their own. */
  readonly encodings: readonly Pick<Parameter, 'name' | 'style' | 'explode'>[];
};

export type Body = { readonly required: boolean; readonly contents: readonly Content[] };

/** `status` is `200`, `2XX` or `default`. */
export type Answer = { readonly status: string; readonly contents: readonly Content[] };

export type Operation = {
  /** In capitals. */
  readonly method: string;
  /** With the base path in front; parameters as the document names them. */
  readonly path: string;
  readonly at: DocumentPath;
  readonly parameters: readonly Parameter[];
  readonly body: Body | null;
  readonly answers: readonly Answer[];
  readonly security: Security;
};

/**
 * `public`: the document lets everybody in. `scopes`: every way to sign in that it offers asks for these. `unclear`: the ways
 * ask for different scopes, which one route cannot say.
 */
export type Security =
  | { readonly kind: 'public' }
  | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'unclear' };

export type Description = {
  readonly operations: readonly Operation[];
  /** JSON Schemas 2020-12 by name. They refer to one another as `#/$defs/<name>`. */
  readonly schemas: Readonly<Record<string, JsonObject>>;
  /** Where each of `schemas` stands in the document. */
  readonly sources: ReadonlyMap<string, DocumentPath>;
  readonly warnings: readonly DescriptionFault[];
};
