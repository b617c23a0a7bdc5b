import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { type Entity, readDeclarations } from './document-type.ts';

/**
 * Attacks on whoever parses a text as XML (CWE-611, CWE-776, CWE-91): entities from elsewhere, entities that grow, inclusions, style
 * sheets that run code, encodings that hide all that from a filter. Nothing is fetched or put in.
 */
export function xmlAttackIn(text: string): Evidence | null {
  return (
    declared(text) ?? firstOf(text, INCLUDES) ?? firstOf(text, PROGRAMS) ?? schemaIn(text) ?? firstOf(text, DISGUISES)
  );
}

function at(technique: string, confidence: number, start: number, end: number): Evidence {
  return { technique, confidence, start, end };
}

function declared(text: string): Evidence | null {
  const found = readDeclarations(text);
  if (found === null) return null;
  const { subset, entities, start, end } = found;
  const external = entities.find((entity) => entity.external !== null && !isPublished(entity.external));
  if (external !== undefined) {
    return at(external.parameter ? 'external-parameter-entity' : 'external-entity', CONFIDENCE.certain, start, end);
  }
  if (grows(text, entities)) return at('entity-expansion', CONFIDENCE.certain, start, end);
  if (entities.some((entity) => entity.parameter)) return at('parameter-entity', CONFIDENCE.certain, start, end);
  if (subset !== null && !isPublished(subset)) return at('external-subset', subsetConfidence(subset), start, end);
  return entities.length === 0 ? null : at('internal-entity', CONFIDENCE.likely, start, end);
}

/** Document types that whole branches refer to: reading them is pointless, and harmless. */
const PUBLISHED =
  /^(?:https?:\/\/(?:[\w-]{1,40}\.){0,3}(?:w3\.org|apple\.com|sun\.com|oasis-open\.org|xml\.org|apache\.org|hibernate\.org|springframework\.org|adobe\.com|macromedia\.com|ebics\.org|iso\.org|cxml\.org|jboss\.org|mybatis\.org|daisy\.org|idpf\.org|nlm\.nih\.gov|rssboard\.org|netscape\.com|wapforum\.org)\/|about:legacy-compat$)/i;

function isPublished(address: string): boolean {
  return PUBLISHED.test(address);
}

function subsetConfidence(address: string): number {
  if (/^[\w.-]{1,80}\.dtd$/i.test(address)) return CONFIDENCE.weak;
  return /^(?:file|ftp|php|jar|netdoc|gopher|expect|data):|^\/|^\\\\|\.\.[/\\]/i.test(address)
    ? CONFIDENCE.certain
    : CONFIDENCE.likely;
}

const REFERENCE = /&([^\s;&#]{1,128});/g;
/** Characters that entities may add up to. */
const MOST_GROWTH = 100_000;

/** Entities of entities (billion laughs), of themselves, and one long entity many times (quadratic blow-up). */
function grows(text: string, entities: readonly Entity[]): boolean {
  const internal = entities.filter((entity) => entity.external === null);
  if (internal.length === 0) return false;
  const sizes = new Map<string, number>();
  let nested = 0;
  for (const { name, text: value } of internal) {
    let size = value.length;
    let references = 0;
    for (const [, other = ''] of value.matchAll(REFERENCE)) {
      if (other === name) return true;
      const known = sizes.get(other);
      if (known === undefined) continue;
      references++;
      size += known;
    }
    if (references > 1) nested++;
    sizes.set(name, Math.min(size, 1e12));
  }
  if (nested > 1) return true;
  let total = 0;
  for (const [, name = ''] of text.matchAll(REFERENCE)) total += sizes.get(name) ?? 0;
  return total > MOST_GROWTH || [...sizes.values()].some((size) => size > MOST_GROWTH);
}

type Shape = { readonly technique: string; readonly pattern: RegExp; readonly confidence: number };

function firstOf(text: string, shapes: readonly Shape[]): Evidence | null {
  for (const { technique, pattern, confidence } of shapes) {
    const found = pattern.exec(text);
    if (found !== null) return at(technique, confidence, found.index, found.index + found[0].length);
  }
  return null;
}

const INCLUDES: readonly Shape[] = [
  {
    technique: 'inclusion',
    pattern: /<[\w.-]{1,40}:include\s[^<>]{0,2000}(?:href|xpointer)\s{0,8}=/i,
    confidence: CONFIDENCE.certain,
  },
  {
    technique: 'inclusion',
    pattern: /=\s{0,8}["']http:\/\/www\.w3\.org\/200[13]\/XInclude["']/i,
    confidence: CONFIDENCE.likely,
  },
];

const PROGRAMS: readonly Shape[] = [
  {
    technique: 'style-sheet-program',
    pattern:
      /<msxsl:script|xmlns:[\w-]{1,40}\s{0,8}=\s{0,8}["'](?:http:\/\/php\.net\/xsl|urn:schemas-microsoft-com:xslt|http:\/\/xml\.apache\.org\/xalan\/java|xalan:\/\/|http:\/\/xml\.apache\.org\/xslt\/java|java:|clitype:|http:\/\/saxon\.sf\.net|http:\/\/exslt\.org\/(?:common|dynamic))/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'style-sheet-program',
    pattern:
      /<xsl:(?:value-of|copy-of|include|import|variable|result-document)\b[^<>]{0,400}(?:document\(|unparsed-text\(|system-property\(|php:function|href\s{0,8}=\s{0,8}["'](?:file|https?|ftp):)/i,
    confidence: CONFIDENCE.certain,
  },
  {
    technique: 'style-sheet-linked',
    pattern: /<\?xml-stylesheet\s[^?]{0,400}href\s{0,8}=\s{0,8}["'](?:https?:|\/\/)/i,
    confidence: CONFIDENCE.possible,
  },
  {
    technique: 'style-sheet-linked',
    pattern: /<\?xml-stylesheet\s[^?]{0,400}href\s{0,8}=\s{0,8}["'](?:file:|ftp:|data:|javascript:)/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'call-of-calls',
    pattern: /<methodName>\s{0,40}(?:pingback\.ping|system\.multicall)/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'object-in-xml',
    pattern:
      /<(?:java\s[^<>]{0,200}class\s{0,4}=\s{0,4}["']java\.beans\.XMLDecoder|(?:sorted-set|dynamic-proxy|tree-map|linked-hash-set)>|void\s[^<>]{0,100}method\s{0,4}=|ObjectDataProvider\s)/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'fetching-picture',
    pattern:
      /<(?:image|use|feImage|script)\b[^<>]{0,400}href\s{0,8}=\s{0,8}["'](?:file:|(?:text|msl|mvg|ephemeral|url|label|caption|expect|php|gopher):|\\\\)/i,
    confidence: CONFIDENCE.certain,
  },
  {
    technique: 'fetching-picture',
    pattern: /<(?:read|write)\s[^<>]{0,100}filename\s{0,4}=\s{0,4}["']/i,
    confidence: CONFIDENCE.likely,
  },
];

const DISGUISES: readonly Shape[] = [
  {
    technique: 'split-in-sections',
    pattern: /<!\[CDATA\[\s{0,4}[<>"'/&]{1,3}\s{0,4}\]\]>/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'utf-7',
    pattern: /\+ADw-?(?:\+ACE-?|[!?/a-z])|\+ADwAIQBE|<\?xml[^>]{0,100}encoding\s{0,8}=\s{0,8}["']utf-7/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'odd-encoding',
    pattern:
      /<\?xml[^>]{0,100}encoding\s{0,8}=\s{0,8}["'](?:cp037|ibm-?\d{3,5}|ebcdic[\w-]{0,20}|utf-32\w{0,2}|ucs-4\w{0,2}|utf-16[bl]e)["']/i,
    confidence: CONFIDENCE.likely,
  },
];

const SCHEMA = /schemaLocation\s{0,8}=\s{0,8}["']([^"'<>]{1,2000})/i;
const ODD_PLACE =
  /(?:^|\s)(?:file:|\\\\|gopher:|netdoc:|jar:|php:|\/etc\/|https?:\/\/(?:localhost|127\.|10\.|192\.168\.|169\.254\.|\[|0x|\d{6,10}))/i;

/** Schemas that a validating reader would fetch from the server's own machine or network. */
function schemaIn(text: string): Evidence | null {
  const found = SCHEMA.exec(text);
  if (found === null || !ODD_PLACE.test(found[1] ?? '')) return null;
  return at('schema-from-odd-place', CONFIDENCE.likely, found.index, found.index + found[0].length);
}
