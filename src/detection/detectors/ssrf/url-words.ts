/** A URL in a text, read as leniently as clients do. */
export type UrlWord = {
  /** In lower case, such as `http`; empty for `//host`. */
  readonly scheme: string;
  /** Every host that some reader of the URL would ask: `http://a@b`, `http://a\@b` and `http://a#@b` have two. */
  readonly hosts: readonly string[];
  /** Null without one. */
  readonly port: number | null;
  /** Behind the authority, query and fragment included. */
  readonly rest: string;
  readonly start: number;
  readonly end: number;
  /** Nothing but blanks around it. */
  readonly alone: boolean;
};

const MOST_URLS = 200;
const LONGEST_URL = 4096;
const END = /[\s"'<>`|^{}]/;
const LONGEST_SCHEME = 40;

/** URLs of a text, from the left. Linear. */
export function* urlsIn(text: string): Generator<UrlWord> {
  let from = 0;
  for (let count = 0; count < MOST_URLS; count++) {
    const mark = count === 0 ? (hostAtStart(text) ?? markFrom(text, 0)) : markFrom(text, from);
    if (mark === null) return;
    const limited = text.slice(mark.end, mark.end + LONGEST_URL);
    const length = limited.search(END);
    const body = length === -1 ? limited : limited.slice(0, length);
    const authorityLength = body.search(/[/?]/);
    const authority = authorityLength === -1 ? body : body.slice(0, authorityLength);
    const end = mark.end + body.length;
    yield {
      scheme: text.slice(mark.start, mark.colon).toLowerCase(),
      ...hostsOf(authority, body),
      rest: body.slice(authority.length),
      start: mark.start,
      end,
      alone: text.slice(0, mark.start).trim() === '' && text.slice(end).trim() === '',
    };
    from = end;
  }
}

/** Where a URL begins, where its scheme ends, and where its authority begins. */
type Mark = { readonly start: number; readonly colon: number; readonly end: number };

/** `//host`: with the scheme of whoever asks. */
function hostAtStart(text: string): Mark | null {
  const found = /^\s{0,64}(?=[/\\]{2,3}[^/\\\s])/.exec(text);
  if (found === null) return null;
  const start = found[0].length;
  return { start, colon: start, end: afterSlashes(text, start) };
}

function markFrom(text: string, from: number): Mark | null {
  for (let colon = text.indexOf(':', from); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    if (!isSlash(text.charCodeAt(colon + 1))) continue;
    let start = colon;
    while (start > from && colon - start < LONGEST_SCHEME && isOfScheme(text.charCodeAt(start - 1))) start--;
    while (start < colon && !isLetter(text.charCodeAt(start))) start++;
    if (start < colon) return { start, colon, end: afterSlashes(text, colon + 1) };
  }
  return null;
}

const MOST_SLASHES = 4;

function afterSlashes(text: string, from: number): number {
  let at = from;
  while (at - from < MOST_SLASHES && isSlash(text.charCodeAt(at))) at++;
  return at;
}

function isSlash(code: number): boolean {
  return code === 0x2f || code === 0x5c;
}

function isLetter(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}

/** RFC 3986 §3.1, and the underscore of `local_file`. */
function isOfScheme(code: number): boolean {
  return (
    isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e || code === 0x5f
  );
}

/** The last part of an authority decides, for most readers; others cut at another mark first. */
function hostsOf(authority: string, body: string): { hosts: string[]; port: number | null } {
  const hosts: string[] = [];
  let port: number | null = null;
  const early = body.indexOf('@');
  const pieces = authority.split(/[@\\#&;,]/);
  if (early > authority.length && early < 256) pieces.push(body.slice(early + 1).split(/[/?#\\]/, 1)[0] ?? '');
  for (const piece of pieces.slice(0, 8)) {
    if (piece === '') continue;
    const bracket = piece.startsWith('[') ? piece.indexOf(']') : -1;
    const host =
      bracket > 0 ? piece.slice(0, bracket + 1) : piece.split(':').length > 3 ? piece : (piece.split(':', 1)[0] ?? '');
    const found = /:(\d{1,5})$/.exec(piece.slice(host.length))?.[1];
    if (found !== undefined) port = Number(found);
    hosts.push(host);
  }
  return { hosts, port };
}
