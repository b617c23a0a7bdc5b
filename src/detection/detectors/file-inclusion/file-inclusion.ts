import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';
import { classifyAddress } from '../ssrf/addresses.ts';
import { type UrlWord, urlsIn } from '../ssrf/url-words.ts';
import { WRAPPERS } from './wrappers.ts';

/**
 * File inclusion: a value that makes an `include` read through a wrapper, or from another machine (CWE-98). URLs are honest in an API;
 * those are not that lead to a script, and end so that what the application puts behind them is lost.
 */
export const fileInclusion: TextDetector = {
  id: 'file-inclusion',
  literals: [
    '://',
    ':/\\',
    '//',
    'file:',
    'jar:',
    'netdoc:',
    'convert.',
    'string.rot13',
    'string.to',
    'zlib.',
    '/resource=',
    'data:',
  ],
  concerns: (_, hasLiteral) => hasLiteral,
  look,
};

const TALK = 0.4;

function look(subject: Subject): Evidence | null {
  const { text } = subject;
  if (subject.prose > TALK) return null;
  const filter = FILTER.exec(text);
  if (filter !== null) return at('filter-chain', CONFIDENCE.certain, filter.index, filter.index + filter[0].length);
  const nested = NESTED.exec(text);
  if (nested !== null) return at('nested-url', CONFIDENCE.likely, nested.index, text.length);
  let best: Evidence | null = null;
  for (const url of urlsIn(text)) {
    const found = byScheme(subject, url) ?? remote(subject, url);
    if (found === null || (best !== null && best.confidence >= found.confidence)) continue;
    best = at(found.technique, found.confidence, url.start, url.end);
  }
  return best;
}

function at(technique: string, confidence: number, start: number, end: number): Evidence {
  return { technique, confidence, start, end };
}

/** Filters of PHP's streams, whose names stand nowhere else. */
const FILTER =
  /convert\.(?:base64-(?:en|de)code|quoted-printable-(?:en|de)code|iconv\.[\w.:*-]{0,40})|(?:read|write)=(?:string|convert|zlib|bzip2)\.|string\.(?:rot13|toupper|tolower|strip_tags)\/|\/resource=/i;
/** Java's `jar:` and `url:` before another URL. */
const NESTED = /^\s*(?:jar:(?:url:)?(?:https?|ftp|file):\/|url:(?:https?|ftp|file|jar):|netdoc:\/)/i;

type Found = { readonly technique: string; readonly confidence: number };

function isExposed({ carrier }: Subject): boolean {
  return (
    carrier === 'query' || carrier === 'form' || carrier === 'cookie' || carrier === 'path' || carrier === 'header'
  );
}

function byScheme(subject: Subject, url: UrlWord): Found | null {
  const { scheme, alone, rest, hosts } = url;
  if (scheme === 'file') {
    if (!alone && !subject.leaf.key.toString().endsWith('whole')) return null;
    return { technique: 'file-url', confidence: isExposed(subject) ? CONFIDENCE.likely : CONFIDENCE.possible };
  }
  const rank = WRAPPERS.get(scheme);
  if (rank === undefined || (hosts.length === 0 && rest === '')) return null;
  if (rank === 'alone' && !alone && url.start > 0) return null;
  const named = `${scheme.replaceAll('.', '-').replaceAll('_', '-')}-wrapper`;
  return { technique: named, confidence: rank === 'always' ? CONFIDENCE.certain : CONFIDENCE.likely };
}

const SCRIPT = /\.(?:php\d?|phtml|inc|asp|aspx|jsp|jspx|cgi|pl|sh|txt|dat|cfm|c99|r57)(?:$|[?#\0%&;])/i;
/** What makes a server forget what it puts behind a value. */
const LOST_TAIL = /(?:\?{1,3}&?|%00|\0[^\0]{0,20}|%3f|#)$/i;
/** Names of settings that hold folders of an application, as old PHP applications took them from the query. */
const FOLDER_SETTING =
  /(?:absolute|base|root|include|inc|lib|doc|class|template|theme|plugin|skin)[_-]?(?:path|dir)(?:\]|$)|\[(?:path|dir|root)\]|^(?:_?GLOBALS|_?CONF|_SERVER)\b/i;
/** Names of parameters that hold what is included. */
const INCLUDED =
  /^(?:inc|include|require|template|tpl|page|pg|pagina|file|filename|fil|doc|document|folder|path|dir|module|mod|skin|theme|lang|language|view|layout|style|content|body|load|show|section|plugin|component|class)$|(?:_|^)(?:inc|include|tpl|template|file|page|path|dir|root)$/i;

function remote(subject: Subject, url: UrlWord): Found | null {
  if (!/^(?:https?|ftps?|sftp|)$/.test(url.scheme) || !url.alone || url.hosts.length === 0) return null;
  if (subject.leaf.role === 'name') return null;
  const { rest, hosts, scheme } = url;
  const script = SCRIPT.test(rest);
  const lost = scheme !== '' && LOST_TAIL.test(subject.text.trim());
  const exposed = isExposed(subject) && subject.leaf.key !== 'referer' && subject.leaf.key !== 'origin';
  if (lost && (script || (exposed && rest.length < 2)))
    return { technique: 'remote-file-cut-off', confidence: CONFIDENCE.likely };
  if (!exposed) return null;
  const key = String(subject.leaf.key);
  const setting = FOLDER_SETTING.test(key);
  const numeric = hosts.some((host) => classifyAddress(host) !== null);
  if (script && (numeric || setting || INCLUDED.test(key)))
    return { technique: 'remote-file', confidence: CONFIDENCE.likely };
  if (setting && scheme !== '') return { technique: 'remote-folder', confidence: CONFIDENCE.likely };
  if (scheme.startsWith('ftp')) {
    return {
      technique: 'remote-file',
      confidence: numeric || INCLUDED.test(key) ? CONFIDENCE.likely : CONFIDENCE.possible,
    };
  }
  return lost ? { technique: 'remote-file-cut-off', confidence: CONFIDENCE.possible } : null;
}
