import { CONFIDENCE, type Evidence } from '../../evidence.ts';

/** Serialised streams by their first bytes, in base64, in hex and as lines of text. */
type Stream = { readonly technique: string; readonly confidence: number; readonly pattern: RegExp };

const STREAMS: readonly Stream[] = [
  // Java Object Serialization Stream Protocol: magic 0xaced, version 5.
  {
    technique: 'java-stream',
    confidence: CONFIDENCE.certain,
    pattern: /(?:^|[^A-Za-z0-9+/])(?:rO0AB[A-Za-z0-9+/]|KztAAU|Cs7QAF)|(?:^|[^0-9a-fA-F])(?:aced|ACED)0005/,
  },
  // Python's pickle, protocol 0: a module and a name, each on its line.
  {
    technique: 'pickle',
    confidence: CONFIDENCE.certain,
    pattern:
      /(?:^|[^\w])c(?:posix|nt|os|__builtin__|builtins|subprocess|sys|commands|importlib|pty|socket|timeit|webbrowser|platform|runpy|code|operator|types|marshal|base64|pickle)\r?\n(?:system|popen\w{0,5}|exec\w{0,4}|eval|open|getattr|check_output|call|run|Popen|spawn\w{0,3}|getoutput|import_module|loads|__import__|timeit|apply|globals|modules|attrgetter)\r?\n/,
  },
  {
    technique: 'dotnet-stream',
    confidence: CONFIDENCE.certain,
    pattern: /(?:^|[^A-Za-z0-9+/])AAEAAAD\/{3,5}/,
  },
  // Signed in most applications, and honest then.
  { technique: 'viewstate', confidence: CONFIDENCE.weak, pattern: /^\/wE[A-Za-z0-9+/]{40}/ },
  { technique: 'compressed-stream', confidence: CONFIDENCE.weak, pattern: /^H4sI[A-Za-z0-9+/_-]{40}/ },
];

/** A stream begins with its text, or with a cookie's or a field's wrapping: only the beginning is looked at. */
const BEGINNING = 4096;
const PICKLED_BASE64 = /^(?:gA[A-Z][A-Za-z0-9]|Y29z|Y3Bv|Y19f|Y2J1|Y250|Y3N1|KGNv|KGRw|KGxw)[A-Za-z0-9+/_-]{12}/;
const MARSHALLED_BASE64 = /^BA[gh][A-Za-z0-9+/_-]{10}/;

const JAVA_MAGIC = '\xac\xed\x00\x05';
const DOTNET_MAGIC = '\x00\x01\x00\x00\x00\xff\xff\xff\xff';
const MARSHAL_MAGIC = '\x04\x08';
const AMF_MAGIC = '\x00\x03\x00';

export function findStream(text: string): Evidence | null {
  const beginning = text.length > BEGINNING ? text.slice(0, BEGINNING) : text;
  const raw = techniqueOf(beginning);
  if (raw !== null) return { technique: raw, confidence: CONFIDENCE.certain, start: 0, end: Math.min(text.length, 40) };
  if (PICKLED_BASE64.test(beginning) || MARSHALLED_BASE64.test(beginning)) {
    const inside = techniqueOf(Buffer.from(beginning, 'base64').toString('latin1'));
    if (inside !== null)
      return { technique: `${inside}-base64`, confidence: 90, start: 0, end: Math.min(text.length, 40) };
  }
  for (const { technique, confidence, pattern } of STREAMS) {
    const match = pattern.exec(beginning);
    if (match !== null) return { technique, confidence, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** What a call or a module looks like in a pickle. */
const PICKLED =
  /\b(?:posix|subprocess|builtins?|__builtin__|importlib|commands)\b|(?:system|popen|eval|exec|getattr)[\n\x93-\x95]|\bos\n|\bnt\n/i;
/** An object, a class or a user's own load in a marshalled value, with the constant that it names. */
const MARSHALLED = /^[oUuIeSc:[{].{0,12}[A-Z]\w{2,40}(?:::\w|[:;@[{("]|$)/s;

/** By the raw bytes, one character each. */
function techniqueOf(bytes: string): string | null {
  if (bytes.includes(JAVA_MAGIC)) return 'java-stream';
  if (bytes.startsWith(DOTNET_MAGIC)) return 'dotnet-stream';
  if (bytes.startsWith(MARSHAL_MAGIC) && MARSHALLED.test(bytes.slice(2))) return 'ruby-marshal';
  if (bytes.startsWith(AMF_MAGIC) && /flex\.messaging|java\.|com\.sun/.test(bytes)) return 'amf-object';
  const version = bytes.charCodeAt(1);
  const isPickle = (bytes.charCodeAt(0) === 0x80 && version >= 2 && version <= 5) || /^[(]?[cd]\w{2,20}\n/.test(bytes);
  return isPickle && PICKLED.test(bytes) ? 'pickle' : null;
}
