import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { hiddenFileIn } from './hidden-files.ts';
import { type Known, knownFile } from './known-files.ts';
import { type PathReading, readPath } from './path-reading.ts';

/**
 * Path traversal: a value that, read as a path, climbs out of where it belongs, or names a file of the system (CWE-22, CWE-36). The
 * path is walked as a server would walk it; what matters is where it leads, and how oddly it was spelled.
 */
export const traversal: TextDetector = {
  id: 'traversal',
  literals: [
    '../',
    '..\\',
    '..;',
    '.\\.',
    '/./',
    '\\.\\',
    '..2f',
    '..5c',
    '0x2e',
    '0x2f',
    '0x5c',
    '?.',
    '.?',
    '??',
    '%c0',
    '%c1',
    '/.',
    'etc/',
    'etc\\',
    'proc/',
    '/sys/',
    '/root/',
    '/boot/',
    '/dev/',
    '/var/',
    '/usr/',
    '/opt/',
    '/tmp/',
    '/library/webs',
    '/apache',
    '/xampp',
    'winnt',
    'windows',
    'inetpub',
    'program files',
    'oot.ini',
    'etcpasswd',
    'etcshadow',
    '%2%e',
    '%5%c',
    '%2%f',
    'win.ini',
    'system.ini',
    'autoexec.bat',
    'web-inf',
    'meta-inf',
    'global.asa',
    'web.config',
    'wp-config',
    'php.ini',
    '.cnf',
    'httpd.conf',
    'nginx.conf',
    'localstart',
    'id_rsa',
    'id_dsa',
    'id_ed25519',
    'authorized_keys',
    '_history',
    '.htaccess',
    '.htpasswd',
    '.env',
    '.git',
    '.ssh',
    '.aws',
    '.docker',
    '.kube',
    '.gnupg',
    '.sql',
    '.bak',
    'access_log',
    'error_log',
    'access.log',
    'error.log',
    'debug.log',
    '\\\\',
  ],
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral ||
    ((signs & SIGN.dots) !== 0 && (signs & BESIDE_DOTS) !== 0) ||
    (signs & SIGN.control) !== 0 ||
    ((signs & SIGN.nonAscii) !== 0 && (signs & (SIGN.slash | SIGN.backslash | SIGN.percent)) !== 0),
  look,
};

const BESIDE_DOTS = SIGN.slash | SIGN.backslash | SIGN.percent | SIGN.nonAscii | SIGN.control;
/** Words looked at in one text. */
const MOST_WORDS = 2_000;
/** How much a text must read like writing before a file named in it is only talked of. */
const TALK = 0.4;

function look(subject: Subject): Evidence | null {
  const { text, features } = subject;
  if (features.literals === 0 && (features.signs & (SIGN.dots | SIGN.control)) === 0 && !BROKEN.test(text)) return null;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  // A path alone may hold blanks: `\Program Files\…`.
  if (BLANK_IN_PATH.test(trimmed) && trimmed.length < LONGEST_ALONE) {
    const whole = judge(subject, trimmed, text.indexOf(trimmed), true);
    if (whole !== null) return whole;
  }
  let best: Evidence | null = null;
  let count = 0;
  WORD.lastIndex = 0;
  for (let found = WORD.exec(text); found !== null && count < MOST_WORDS; found = WORD.exec(text), count++) {
    const word = found[0];
    const evidence = judge(subject, word, found.index, word.length === trimmed.length);
    if (evidence !== null && (best === null || evidence.confidence > best.confidence)) best = evidence;
    if (best !== null && best.confidence >= CONFIDENCE.certain) break;
  }
  return best;
}

/** Bytes of broken UTF-8, and private use. */
const BROKEN = /[\xc0\xc1\ue000-\uf8ff]/;
const BLANK_IN_PATH = /^(?:[a-z]:)?[\\/]+(?:program files|documents and settings|\.\.[\\/]+ )/i;
const LONGEST_ALONE = 512;
const WORD = /[^\s"'`<>|,()]+/g;
const WORTH_A_LOOK = /[./\\%\0]|0x|_/i;

function judge(subject: Subject, word: string, start: number, alone: boolean): Evidence | null {
  if (word.length < 3 || !WORTH_A_LOOK.test(word)) return null;
  const path = readPath(word);
  const fromRoot = path.absolute || path.ups > 0;
  const known = knownFile(path.names, fromRoot);
  const found =
    (path.stepped || path.odd ? climbed(subject, path, known, alone, word.length) : null) ??
    endedEarly(subject, word, path, alone) ??
    (known === null || (subject.leaf.role === 'name' && !path.stepped) ? null : named(subject, path, known, alone)) ??
    hiddenFileIn(subject, word, alone);
  return found === null ? null : { ...found, start, end: start + word.length };
}

type Found = { readonly technique: string; readonly confidence: number };

/** Where callers, not programs, write what an application joins to a path. */
function isExposed({ carrier, leaf, text }: Subject): boolean {
  if (carrier === 'header') return !(leaf.key === 'referer' || (leaf.key === 'user-agent' && text.includes(' ')));
  return (
    carrier === 'query' || carrier === 'path' || carrier === 'form' || carrier === 'cookie' || isFileName(leaf.key)
  );
}

function isFileName(key: string | number): boolean {
  return typeof key === 'string' && key.endsWith(':filename');
}

function climbed(
  subject: Subject,
  path: PathReading,
  known: Known | null,
  alone: boolean,
  length: number,
): Found | null {
  const { ups, above, stays, odd, twisted, dots, absolute } = path;
  if (ups > 0 && known !== null) {
    // In code, a log or a manual somebody shows a path.
    const shown =
      !alone &&
      !isExposed(subject) &&
      (subject.text.length > SHOWN || subject.text.includes('\n') || subject.prose > TALK || known.rank === 'system');
    return { technique: 'climb-to-known-file', confidence: shown ? CONFIDENCE.possible : CONFIDENCE.certain };
  }
  if (ups > 0 && odd)
    return { technique: 'climb-disguised', confidence: ups > 1 ? CONFIDENCE.certain : CONFIDENCE.likely };
  const exposed = isExposed(subject);
  if (ups >= 3 && (above >= 3 || twisted) && !isAsset(path)) {
    if (alone) return { technique: 'climb-far', confidence: above > 4 ? CONFIDENCE.certain : CONFIDENCE.likely };
    return { technique: 'climb-far', confidence: exposed || above > 5 ? CONFIDENCE.likely : CONFIDENCE.possible };
  }
  if (stays > 1 && known !== null && alone) return { technique: 'steps-in-place', confidence: CONFIDENCE.likely };
  if (stays > 3 && (alone || exposed)) {
    return { technique: 'steps-in-place', confidence: stays > 5 ? CONFIDENCE.likely : CONFIDENCE.possible };
  }
  if (alone && exposed && ((odd && dots > 1) || (absolute && dots > 3))) {
    return { technique: 'dots-before-name', confidence: CONFIDENCE.likely };
  }
  if (ups === 0) return null;
  if (length > LONGEST_HONEST && alone && exposed)
    return { technique: 'climb-after-padding', confidence: CONFIDENCE.likely };
  if (subject.carrier === 'path') return climbInPath(subject, path);
  if (isFileName(subject.leaf.key)) return { technique: 'climb-in-file-name', confidence: CONFIDENCE.certain };
  if (!alone && !exposed) return null;
  const wrapped = subject.undone.includes('url');
  // One step beside where a page or a link leads is how relative addresses are written.
  const beside = ups === 1 && !wrapped && !absolute && LEADS.test(String(subject.leaf.key));
  const likely =
    exposed &&
    !beside &&
    (path.names.length > 0 || wrapped || absolute) &&
    above > 0 &&
    alone &&
    (!isAsset(path) || twisted || wrapped);
  return { technique: 'climb', confidence: likely ? CONFIDENCE.likely : CONFIDENCE.possible };
}

const LEADS = /redirect|return|next|continue|url|uri|href|link|back|goto|dest/i;

/** Longer fields of several words are texts. */
const SHOWN = 200;
/** Some systems cut a path off when it is longer than they can hold. */
const LONGEST_HONEST = 300;

/** Clients resolve `..` before they send a path. */
function climbInPath(subject: Subject, { above, twisted }: PathReading): Found {
  if (above > 0 || twisted) return { technique: 'climb-in-path', confidence: CONFIDENCE.certain };
  const hidden = subject.undone.length > 0;
  return { technique: 'climb-in-path', confidence: hidden ? CONFIDENCE.likely : CONFIDENCE.possible };
}

/** Files that pages and programs refer to across folders. */
function isAsset({ names }: PathReading): boolean {
  return ASSET.test(names.at(-1) ?? '');
}

const ASSET =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|scss|less|m?js|cjs|tsx?|jsx|vue|html?|json|ya?ml|md|map|woff2?|ttf|mp[34]|webm|pdf|csv|wasm)$/;

/** `report.php%00.jpg`: the check sees the end, the file system does not. */
function endedEarly({ carrier }: Subject, word: string, path: PathReading, alone: boolean): Found | null {
  if (!path.nul || carrier === 'text') return null;
  if (/\.\w{1,8}\0/.test(word) || (path.stepped && /\w\0/.test(word))) {
    return { technique: 'nul-ended', confidence: alone ? CONFIDENCE.likely : CONFIDENCE.possible };
  }
  return null;
}

/** A command or two beside the file's name. */
const SHORT = 100;

function named(subject: Subject, path: PathReading, { rank, before }: Known, alone: boolean): Found | null {
  const exposed = isExposed(subject);
  if (!alone) {
    if (!path.absolute || subject.text.length > SHORT || subject.prose > TALK) return null;
    if (subject.carrier === 'header') return { technique: 'known-file-named', confidence: CONFIDENCE.likely };
    if (rank !== 'secret' && !exposed) return null;
    return { technique: 'known-file-named', confidence: CONFIDENCE.possible };
  }
  const technique = `${rank}-file`;
  if (path.odd || path.nul) return { technique, confidence: CONFIDENCE.certain };
  // In a repository of somebody's the same names stand below others: `src/main/webapp/WEB-INF/web.xml`.
  const bare = rank === 'server' && !path.stepped && !path.names[0]?.startsWith('.');
  const below = bare || (before > 1 && (!path.absolute || subject.leaf.key === 'whole'));
  const asked = exposed || (path.absolute && (rank === 'secret' || (rank === 'server' && !isConfigured(subject))));
  if (below || !asked) {
    return { technique, confidence: rank === 'system' ? CONFIDENCE.weak : CONFIDENCE.possible };
  }
  const certain = rank === 'secret' && exposed && path.stepped;
  return { technique, confidence: certain ? CONFIDENCE.certain : CONFIDENCE.likely };
}

/** Fields in which programs that look after servers say where files are. */
function isConfigured({ leaf }: Subject): boolean {
  return /path|file|log|mount|dir|conf|volume|source|src|dest|target|location|bind|root/i.test(
    String(leaf.parent?.key ?? '') + leaf.key,
  );
}
