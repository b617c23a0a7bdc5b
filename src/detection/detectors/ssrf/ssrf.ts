import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { classifyHost, type HostClass } from './hosts.ts';
import { type UrlWord, urlsIn } from './url-words.ts';

/**
 * Server-side request forgery: a URL that leads the server to itself, into its own network, or to the service that tells a machine in
 * a cloud its secrets (CWE-918). Developers name their own machines honestly; odd notations, metadata and services that speak no HTTP
 * are what nobody sends by accident.
 */
export const ssrf: TextDetector = {
  id: 'ssrf',
  literals: [
    '://',
    ':/\\',
    ':\\\\',
    'http:/',
    'https:/',
    '169.254.',
    'metadata',
    'meta-data',
    '/computemetadata',
    'fd00:ec2',
    'unix:',
    '//',
  ],
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral && ((signs & (SIGN.slash | SIGN.backslash | SIGN.colon)) !== 0 || (signs & SIGN.digit) !== 0),
  look,
};

/** How much a text must read like writing before a URL named in it is only talked of. */
const TALK = 0.4;

function look(subject: Subject): Evidence | null {
  const { text } = subject;
  const socket = behindSocket(subject);
  if (socket !== null) return socket;
  let best: Evidence | null = null;
  for (const url of urlsIn(text)) {
    const found = judge(subject, url);
    if (found === null || (best !== null && best.confidence >= found.confidence)) continue;
    best = { ...found, start: url.start, end: url.end };
    if (found.confidence >= CONFIDENCE.certain) break;
  }
  return best ?? bareHost(subject);
}

/** A proxy that takes `unix:` for a socket's path, and what stands behind the bar for the place to go on to. */
function behindSocket({ text, lower }: Subject): Evidence | null {
  const start = lower.indexOf('unix:');
  const bar = start === -1 ? -1 : lower.indexOf('|http', start);
  if (bar === -1 || bar === start + 5 || /\s/.test(text.slice(start, bar))) return null;
  return { technique: 'socket-behind-proxy', confidence: CONFIDENCE.certain, start, end: bar + 5 };
}

type Found = { readonly technique: string; readonly confidence: number };

function judge(subject: Subject, url: UrlWord): Found | null {
  const talk = subject.prose > TALK || (!url.alone && subject.text.length > 400);
  const speaks = SPEAKS.get(url.scheme);
  const inside = worstOf(url.hosts);
  if (speaks !== undefined) return byScheme(subject, url, speaks, inside, talk);
  if (!HTTP.test(url.scheme)) return null;
  if (METADATA_PATH.test(url.rest)) {
    return { technique: 'metadata-path', confidence: talk ? CONFIDENCE.possible : CONFIDENCE.certain };
  }
  if (inside === null) return null;
  if (inside.kind === 'metadata' || inside.kind === 'link-local') {
    const confidence = talk ? CONFIDENCE.possible : CONFIDENCE.certain;
    return {
      technique: `${inside.kind}-address`,
      confidence: inside.kind === 'metadata' ? confidence : Math.min(confidence, CONFIDENCE.likely),
    };
  }
  if (inside.kind === 'probe') {
    return talk ? null : { technique: 'call-back-probe', confidence: CONFIDENCE.likely };
  }
  if (talk) return null;
  return intoNetwork(subject, url, inside);
}

const HTTP = /^(?:https?|ftps?|wss?|)$/;

function worstOf(hosts: readonly string[]): HostClass | null {
  let worst: HostClass | null = null;
  for (const host of hosts) {
    const found = classifyHost(host);
    if (found === null || found.kind === 'public') continue;
    const odd = found.odd || hosts.length > 1;
    if (worst === null || found.kind === 'metadata') worst = { kind: found.kind, odd };
  }
  return worst;
}

/** Paths below which clouds keep a machine's secrets. */
const METADATA_PATH =
  /^\/(?:latest\/(?:meta-data|user-data|dynamic\/|api\/token)|computeMetadata\/v1|metadata\/(?:instance|identity|v1)|opc\/v[12]\/|openstack\/latest)/i;

function intoNetwork(subject: Subject, url: UrlWord, inside: HostClass): Found {
  const technique = inside.odd ? `${inside.kind}-disguised` : `${inside.kind}-address`;
  if (inside.odd) return { technique, confidence: url.alone ? CONFIDENCE.certain : CONFIDENCE.likely };
  if (!url.alone) return { technique, confidence: CONFIDENCE.weak };
  if (BROWSER_GOES.test(String(subject.leaf.key)) || subject.carrier === 'header') {
    return { technique, confidence: CONFIDENCE.weak };
  }
  if (url.port !== null && SERVICE_PORTS.has(url.port)) return { technique, confidence: CONFIDENCE.likely };
  if (url.scheme === '') return { technique, confidence: CONFIDENCE.possible };
  if (subject.carrier === 'query' || subject.carrier === 'form' || subject.carrier === 'path') {
    return { technique, confidence: CONFIDENCE.likely };
  }
  const develops = url.port !== null && url.port > 1023;
  const likely = inside.kind === 'loopback' && !develops;
  return { technique, confidence: likely ? CONFIDENCE.likely : CONFIDENCE.possible };
}

/** The browser goes there, not the server: apps on a desktop are called back on their own machine (RFC 8252 §7.3). */
const BROWSER_GOES =
  /redirect|return|callback|origin|referr?er|next|success|cancel|continue|logout|login|base_?url|servers?$|homepage/i;

/** Where services listen that speak no HTTP, or that answer whoever comes from inside. */
const SERVICE_PORTS = new Map(
  [
    21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 873, 1433, 1521, 2049, 2181, 2375, 2376, 2379,
    3306, 3389, 4444, 5432, 5984, 6379, 6443, 8500, 9000, 9200, 9300, 10250, 11211, 27017,
  ].map((port) => [port, true] as const),
);

/** How rarely honest callers send URLs of a scheme. */
const SPEAKS: ReadonlyMap<string, 'never' | 'seldom'> = new Map([
  ['gopher', 'never'],
  ['gophers', 'never'],
  ['dict', 'never'],
  ['tftp', 'seldom'],
  ['ldap', 'seldom'],
  ['ldaps', 'seldom'],
  ['ldapi', 'never'],
  ['rmi', 'seldom'],
  ['iiop', 'seldom'],
  ['smb', 'seldom'],
  ['sftp', 'seldom'],
  ['netdoc', 'never'],
]);

function byScheme(
  { carrier }: Subject,
  url: UrlWord,
  speaks: 'never' | 'seldom',
  inside: HostClass | null,
  talk: boolean,
): Found | null {
  if (talk || url.hosts.length === 0) return null;
  const technique = `${url.scheme}-url`;
  if (speaks === 'never') return { technique, confidence: url.alone ? CONFIDENCE.certain : CONFIDENCE.likely };
  if (inside !== null && inside.kind !== 'private') return { technique, confidence: CONFIDENCE.likely };
  const exposed = carrier === 'query' || carrier === 'form';
  return exposed && url.alone
    ? { technique, confidence: inside === null ? CONFIDENCE.possible : CONFIDENCE.likely }
    : null;
}

/** An address without a scheme, which the application puts one before. Only those that hold secrets: private ones are configured. */
function bareHost({ text }: Subject): Evidence | null {
  const host = text.trim();
  if (host.length > 120) return null;
  const authority = host.split(/[/?#]/, 1)[0] ?? '';
  const name = /^\[[^\]]{2,60}\]|^[^:@]{1,60}/.exec(authority)?.[0] ?? '';
  if (!/[.\]]/.test(name) || classifyHost(name)?.kind !== 'metadata') return null;
  return { technique: 'metadata-address', confidence: CONFIDENCE.likely, start: 0, end: text.length };
}
