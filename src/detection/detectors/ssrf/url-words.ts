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
const START = /([a-z][a-z0-9+._-]{0,40}):[/\\]{1,4}|^\s*([/\\]{2,3})(?=[^/\\\s])/gi;
const END = /[\s"'<>`|^{}]/;

/** URLs of a text, from the left. Linear. */
export function* urlsIn(text: string): Generator<UrlWord> {
  START.lastIndex = 0;
  let from = 0;
  for (let count = 0; count < MOST_URLS; count++) {
    START.lastIndex = from;
    const found = START.exec(text);
    if (found === null) return;
    const begin = found.index + found[0].length;
    const limited = text.slice(begin, begin + LONGEST_URL);
    const length = limited.search(END);
    const body = length === -1 ? limited : limited.slice(0, length);
    const end = begin + body.length;
    const authorityLength = body.search(/[/?]/);
    const authority = authorityLength === -1 ? body : body.slice(0, authorityLength);
    yield {
      scheme: (found[1] ?? '').toLowerCase(),
      ...hostsOf(authority, body),
      rest: body.slice(authority.length),
      start: found.index,
      end,
      alone: text.slice(0, found.index).trim() === '' && text.slice(end).trim() === '',
    };
    from = Math.max(end, begin);
  }
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
