import { CONFIDENCE, type Evidence } from '../../evidence.ts';

/** Serialised streams by their first bytes, raw, in base64 and in hex. */
type Stream = { readonly technique: string; readonly confidence: number; readonly pattern: RegExp };

const STREAMS: readonly Stream[] = [
  // Java Object Serialization Stream Protocol: magic 0xaced, version 5.
  {
    technique: 'java-stream',
    confidence: CONFIDENCE.certain,
    pattern: /\xac\xed\x00\x05|(?:^|[^A-Za-z0-9+/])(?:rO0AB[A-Za-z0-9+/]|KztAAU|Cs7QAF)|(?:^|[^0-9a-f])aced0005/i,
  },
  // Python's pickle, protocols 2 to 5, with a call at the end or a module on the way.
  {
    technique: 'pickle',
    confidence: CONFIDENCE.certain,
    pattern:
      /\x80[\x02-\x05](?:\x95.{8})?.{0,40}(?:posix|nt|os|builtins|subprocess|sys|commands|__builtin__)(?:\n|\x94|\x8c|system)/s,
  },
  {
    technique: 'pickle',
    confidence: CONFIDENCE.certain,
    pattern:
      /(?:^|[^\w])c(?:posix|nt|os|__builtin__|builtins|subprocess|sys|commands|importlib|pty|socket|timeit|webbrowser|platform|runpy|code|operator|types|marshal|base64|pickle)\r?\n(?:system|popen\w{0,5}|exec\w{0,4}|eval|open|getattr|check_output|call|run|Popen|spawn\w{0,3}|getoutput|import_module|loads|__import__|timeit|apply|globals|modules|execfile|attrgetter)\r?\n/,
  },
  {
    technique: 'pickle-base64',
    confidence: 85,
    pattern:
      /^(?:gASV|gAS[A-Z][A-Za-z0-9+/]A{3,9}|gAN[a-z]|gAJj|gANj|gAR9|gASMBX|Y29z|Y3Bvc2l4|Y19f|Y3N1YnBy)[A-Za-z0-9+/_-]{12,}={0,2}$/,
  },
  // Ruby's Marshal, version 4.8: an object, a struct or a user-defined load.
  {
    technique: 'ruby-marshal',
    confidence: 90,
    pattern: /^(?:\x04\x08[oUuIeSc:[{].{0,8}[A-Z]|BAh(?:vO|Vb|VT|VD|jO|jB|bBm|bCG|7Bz|JI?[A-Za-z0-9+/]{12}|[bop]))/,
  },
  {
    technique: 'dotnet-stream',
    confidence: CONFIDENCE.certain,
    pattern: /(?:^|[^A-Za-z0-9+/])AAEAAAD\/{3,5}|^\x00\x01\x00\x00\x00\xff\xff\xff\xff/,
  },
  { technique: 'viewstate', confidence: CONFIDENCE.weak, pattern: /^\/wE[A-Za-z0-9+/]{40,}={0,2}$/ },
  { technique: 'compressed-stream', confidence: CONFIDENCE.weak, pattern: /^H4sI[A-Za-z0-9+/_-]{40,}={0,2}$/ },
  {
    technique: 'amf-object',
    confidence: CONFIDENCE.likely,
    pattern: /^\x00\x03\x00[\x00-\x05].{2,80}(?:flex\.messaging|java\.|\x11\x0a)/s,
  },
];

/** A stream begins with its text, or with a cookie's or a field's wrapping: only the beginning is looked at. */
const BEGINNING = 4096;
const BINARY = /[^\x09\x0a\x0d\x20-\x7e]/;

export function findStream(text: string): Evidence | null {
  const beginning = text.length > BEGINNING ? text.slice(0, BEGINNING) : text;
  for (const { technique, confidence, pattern } of STREAMS) {
    const match = pattern.exec(beginning);
    if (match === null) continue;
    if (technique === 'pickle-base64' || technique === 'ruby-marshal') {
      if (!BINARY.test(beginning) && !decodesToObject(beginning, technique)) continue;
    }
    return { technique, confidence, start: match.index, end: Math.min(text.length, match.index + match[0].length) };
  }
  return null;
}

const PICKLED = /posix|subprocess|system|builtin|eval|exec|popen|getattr|import|reduce|os\n|nt\n|\bpty\b|commands/i;
const MARSHALLED = /^\x04\x08[oUuIeSc:[{]/;

function decodesToObject(base64: string, technique: string): boolean {
  const bytes = Buffer.from(base64, 'base64').toString('latin1');
  return technique === 'ruby-marshal'
    ? MARSHALLED.test(bytes) && /[A-Z]\w{2,40}(?:::|[:;@])/.test(bytes)
    : PICKLED.test(bytes);
}
