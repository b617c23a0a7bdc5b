import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { type Lookup, lookupsIn } from './lookups.ts';

/**
 * Look-ups that a logger or a text library resolves (CVE-2021-44228 "Log4Shell", CVE-2022-42889 "Text4Shell"), in any carrier: what is
 * logged is often a header.
 */
export const jndi: TextDetector = {
  id: 'jndi',
  literals: ['${', '$\\{', 'jndi:', 'ldap://', 'rmi://'],
  concerns: ({ signs }, hasLiteral) => hasLiteral && (signs & SIGN.colon) !== 0,
  look,
};

function look({ text, lower }: Subject): Evidence | null {
  let best: Evidence | null = null;
  for (const lookup of lookupsIn(text.includes('\\') ? text.replace(/\\(?=[{}$])/g, '') : text)) {
    const found = judge(lookup);
    if (found !== null && found.confidence > (best?.confidence ?? 0)) best = found;
    if (best !== null && best.confidence >= CONFIDENCE.certain) return best;
  }
  // Without its opening: other parts of the same line may bring that.
  const bare = lower.indexOf('jndi:');
  if (best === null && bare !== -1 && NAMING.test(lower.slice(bare + 5, bare + 30))) {
    return { technique: 'jndi', confidence: CONFIDENCE.likely, start: bare, end: Math.min(text.length, bare + 40) };
  }
  return best;
}

const NAMING = /^\s{0,4}(?:ldaps?|rmi|dns|iiop|iiopname|corba|corbaname|corbaloc|nds|nis|http|https|\$)\s{0,4}:/i;
/** Parts of a look-up into the environment that nobody prints for fun. */
const SECRET = /secret|passw|token|key|aws_|credential|user|home|host|path|java|os[._]|hostname|database|db_|url/i;
/** Commons Text runs or fetches these. */
const RUNS: ReadonlySet<string> = new Set([
  'script',
  'url',
  'dns',
  'xml',
  'file',
  'urldecoder',
  'base64decoder',
  'resourcebundle',
  'const',
]);
/** They tell what a stranger should not know. */
const TELLS: ReadonlySet<string> = new Set([
  'env',
  'sys',
  'java',
  'ctx',
  'docker',
  'k8s',
  'kubernetes',
  'log4j',
  'bundle',
  'jvmrunargs',
]);
/** Those whose names are also names of fields in anybody's templates. */
const VAGUE: ReadonlySet<string> = new Set([
  'main',
  'hostname',
  'web',
  'spring',
  'sd',
  'map',
  'marker',
  'event',
  'localhost',
  'properties',
]);
const DISGUISES: ReadonlySet<string> = new Set(['lower', 'upper', '', 'env', 'sys', 'date', 'main', 'base64decoder']);

function judge({ prefix, rest, nested, start, end }: Lookup): Evidence | null {
  const evidence = (technique: string, confidence: number): Evidence => ({ technique, confidence, start, end });
  if (prefix === 'jndi' || prefix.endsWith('{jndi'))
    return evidence(nested ? 'jndi-disguised' : 'jndi', CONFIDENCE.certain);
  if (RUNS.has(prefix)) return judgeRun(prefix, rest, evidence);
  if (VAGUE.has(prefix) && nested) return evidence('log4j-lookup', CONFIDENCE.possible);
  if (TELLS.has(prefix) && /^[\w.:${}[\]-]{1,80}/.test(rest)) {
    if (prefix === 'java' && /^(?:version|runtime|vm|os|locale|hw)/i.test(rest)) return evidence('log4j-lookup', 85);
    if (/:-.{0,1}$/.test(rest)) return evidence('log4j-disguise', 80);
    return evidence('log4j-lookup', SECRET.test(rest) ? 80 : CONFIDENCE.likely);
  }
  if ((prefix === 'lower' || prefix === 'upper') && rest.length <= 40) return evidence('log4j-disguise', 80);
  // `${::-j}`, `${x:-j}`: a letter, spelt as what stands in for something that is not set.
  if (DISGUISES.has(prefix) && /^:?-.{1,3}$/.test(rest)) return evidence('log4j-disguise', 80);
  return nested && NAMING.test(`${prefix}:`) ? evidence('log4j-lookup', CONFIDENCE.likely) : null;
}

function judgeRun(
  prefix: string,
  rest: string,
  evidence: (technique: string, confidence: number) => Evidence,
): Evidence | null {
  if (prefix === 'script') return /^[a-z]{2,12}:/i.test(rest) ? evidence('text4shell', CONFIDENCE.certain) : null;
  if (prefix === 'dns')
    return /^(?:address|name|canonical_name)\b|^[\w.-]{1,60}\.[a-z]{2,}/i.test(rest)
      ? evidence('text4shell', 85)
      : null;
  if (prefix === 'url')
    return /^(?:utf-?8|[\w-]{3,12}):\w{2,10}:/i.test(rest) || /^https?:/i.test(rest)
      ? evidence('text4shell', 90)
      : null;
  if (prefix === 'const') return /^(?:java|javax|com|org)\./.test(rest) ? evidence('text4shell', 85) : null;
  return /[\w/]/.test(rest) ? evidence('text4shell', CONFIDENCE.likely) : null;
}
