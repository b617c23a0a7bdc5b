import type { PlacedEvidence, RequestDetector } from '../../detector.ts';
import { CONFIDENCE } from '../../evidence.ts';
import type { Oddity, OddityKind, ParsedRequest } from '../../leaves/parsed-request.ts';

/**
 * Requests that two programs read differently, one in front and one behind: what the first has looked at is not what the second takes.
 * The readers note where that may be; here is how much it says.
 */
export const disagreement: RequestDetector = {
  id: 'disagreement',
  look(request) {
    if (request.oddities.length === 0) return NOTHING;
    const found: PlacedEvidence[] = [];
    for (const oddity of request.oddities) {
      const confidence = confidenceOf(oddity, request);
      if (confidence > 0)
        found.push({ technique: oddity.kind, confidence, place: oddity.place, excerpt: oddity.excerpt });
    }
    return found;
  },
};

const NOTHING: readonly PlacedEvidence[] = [];

/** Those that say the same wherever they are seen. */
const CONFIDENCES: Readonly<Record<OddityKind, number>> = {
  'overlong-utf8': CONFIDENCE.certain,
  'encoding-bomb': CONFIDENCE.certain,
  'filename-twice': CONFIDENCE.certain,
  'json-duplicate-name': CONFIDENCE.likely,
  'json-too-deep': CONFIDENCE.likely,
  'content-type-twice': CONFIDENCE.likely,
  'multipart-boundary': CONFIDENCE.likely,
  'multipart-broken': CONFIDENCE.likely,
  'encoded-many-times': CONFIDENCE.likely,
  'parameter-name-odd': CONFIDENCE.likely,
  'encoding-broken': CONFIDENCE.possible,
  'content-type-lies': CONFIDENCE.possible,
  'charset-odd': CONFIDENCE.possible,
  'multipart-unended': CONFIDENCE.possible,
  // Honest programs do these now and then.
  'json-broken': CONFIDENCE.weak,
  'encoding-unknown': CONFIDENCE.weak,
  'content-type-missing': CONFIDENCE.weak,
  'multipart-doubled-field': CONFIDENCE.weak,
  'parameter-twice': CONFIDENCE.weak,
  'url-encoding-broken': CONFIDENCE.weak,
};

function confidenceOf({ kind, place, excerpt }: Oddity, request: ParsedRequest): number {
  switch (kind) {
    case 'charset-odd':
      return judgeCharset(excerpt, request);
    case 'content-type-twice':
      return isSameTwice(request) ? CONFIDENCE.weak : CONFIDENCES[kind];
    case 'content-type-lies':
      // Forgetting to say that a body is JSON is the commonest mistake of all; XML that calls itself something else is none.
      return request.body?.trimStart().startsWith('<') ? CONFIDENCE.likely : CONFIDENCES[kind];
    case 'encoding-broken':
      return place === 'header.content-encoding' && isPlainText(request.body) ? CONFIDENCE.likely : CONFIDENCES[kind];
    case 'parameter-twice':
      return SPLIT_MARKS.test(excerpt) ? CONFIDENCE.possible : CONFIDENCES[kind];
    default:
      return CONFIDENCES[kind];
  }
}

/** Charsets in which ASCII is not ASCII: whoever looks at the bytes sees nothing. No client of an API writes in them. */
const HIDES_ASCII =
  /^(?:ibm|cp|x-ebcdic|ebcdic|csibm)-?(?:0?37|273|277|278|280|284|285|290|297|42\d|5\d\d|8[37]\d|9\d\d|10\d\d|11\d\d)\b|^utf-?7$|^(?:hz-gb-2312|iso-2022-\w+|x-user-defined|replacement|cp1026|scsu|bocu-1|x-imap4-modified-utf7)/;

function judgeCharset(charset: string, { headers }: ParsedRequest): number {
  if (HIDES_ASCII.test(charset)) return CONFIDENCE.certain;
  if (/^utf-(?:16|32)/.test(charset)) {
    const isNamed = headers.some(([name, value]) => name === 'content-type' && /utf-?(?:16|32)|ucs/i.test(value));
    return isNamed ? CONFIDENCE.possible : CONFIDENCE.likely;
  }
  return /^[a-z0-9_.:-]+$/.test(charset) ? CONFIDENCE.weak : CONFIDENCE.likely;
}

function isSameTwice({ headers }: ParsedRequest): boolean {
  const values = headers.filter(([name]) => name === 'content-type').map(([, value]) => value.trim().toLowerCase());
  return values.every((value) => value === values[0]);
}

/** A body that calls itself compressed and is not: read by whoever does not care, unread by whoever does. */
function isPlainText(body: string | null): boolean {
  return body !== null && /^\s*(?:[{[<]|[\w.%[\]-]{1,60}=)/.test(body);
}

/** An attack cut in two, to be joined by the framework (HTTP parameter pollution): comments or quotes open in one part and close in the next. */
const SPLIT_MARKS = /(?:\/\*|['"`(]),.{0,200}(?:\*\/|['"`)])|\/\*.{0,60}\*\/|<\w{1,64},/;
