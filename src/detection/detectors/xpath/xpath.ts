import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';

/**
 * XPath injection (XPath 1.0 to 3.1): a value that closes a string or a predicate and goes on in XPath, or that asks for the document
 * piece by piece. Whole expressions are honest where pages are scraped or tested; tautologies in quotes are SQL's, too, and left to it.
 */
export const xpath: TextDetector = {
  id: 'xpath',
  literals: [
    '//',
    '/*',
    '::',
    'name(',
    'position()',
    'last()',
    'node()',
    'text()',
    'comment()',
    'count(',
    'string-length(',
    'substring(',
    'substring-before(',
    'substring-after(',
    'starts-with(',
    'contains(',
    'normalize-space(',
    'translate(',
    'doc(',
    'document(',
    'unparsed-text(',
    'doc-available(',
    'codepoints-to-string(',
    'system-property(',
    'environment-variable(',
    'processing-instruction(',
    "']",
    '"]',
    ')]',
  ],
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral && (signs & (SIGN.parenthesis | SIGN.bracket | SIGN.colon | SIGN.pipe | SIGN.quote)) !== 0,
  look,
};

const LONGEST = 4_000;

function look({ text, prose }: Subject): Evidence | null {
  if (text.length > LONGEST || prose > 0.5) return null;
  for (const { technique, pattern, confidence } of SHAPES) {
    const found = pattern.exec(text);
    if (found !== null) return { technique, confidence, start: found.index, end: found.index + found[0].length };
  }
  return null;
}

type Shape = { readonly technique: string; readonly pattern: RegExp; readonly confidence: number };

/** Ordered from the surest. Every one is anchored by a mark of its own, with bounded blanks, so that time stays linear. */
const SHAPES: readonly Shape[] = [
  {
    technique: 'predicate-closed-and-joined',
    pattern:
      /['"\d)]\s{0,4}\)?\s{0,4}\]\s{0,4}(?:\/[\w*@.:/-]{0,60}\s{0,4})?\|\s{0,4}(?:\/|\.\.|[\w-]{1,40}::|[\w-]{1,40}\/)/,
    confidence: CONFIDENCE.certain,
  },
  {
    technique: 'predicate-closed',
    pattern:
      /['"]\s{0,4}\)?\s{0,4}\]\s{0,4}\/{1,2}(?:\*|node\(\)|text\(\)|\.\.|parent::|ancestor|following|preceding|child::|descendant)/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'predicate-closed-and-opened',
    pattern: /['"]\s{0,4}\]\s{0,4}(?:\/{1,2}[\w*]{1,40})?\[\s{0,4}['"]?\w{1,20}['"]?\s{0,4}=\s{0,4}['"]/,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'condition-on-nodes',
    pattern:
      /(?:['"]|^\s{0,4}\d{1,9})\s{0,4}\)?\s{0,4}(?:or|and)\s{1,8}(?:not\(\s{0,4})?(?:(?:local-)?name\(|namespace-uri\(|position\(\)|last\(\)|node\(\)|text\(\)|comment\(\)|string-length\(|normalize-space\(|substring(?:-before|-after)?\(\s{0,4}(?:\/|\.|(?:local-)?name\(|\(|[\w-]{1,20}::|@)|starts-with\(|contains\(\s{0,4}(?:\/|\.|(?:local-)?name\(|@)|count\(\s{0,4}(?:\/|\.|\*|@|[\w-]{1,20}::)|string\(\s{0,4}(?:\/|\.)|doc(?:-available|ument)?\(|translate\(|true\(\)|lower-case\(|upper-case\(|matches\(|[\w-]{1,30}::|\/\/|\/\*|\.\.\/)/i,
    confidence: CONFIDENCE.certain,
  },
  {
    technique: 'document-asked-by-pieces',
    pattern:
      /\b(?:count|(?:local-)?name|namespace-uri|string-length|substring(?:-before|-after)?|string|sum|number|boolean|not|translate|normalize-space|starts-with|contains|string-to-codepoints|exists)\(\s{0,4}(?:(?:\(|(?:local-)?name\(|string\(|normalize-space\()\s{0,4}){0,3}(?:\/{1,2}(?:\*|@|\.\.|node\(\)|text\(\)|comment\(\)|[\w-]{1,30}::|[a-z_][\w.-]{0,60}(?:[/[)\]]|::))|[\w-]{1,30}::(?:\*|node\(\))|\/\s{0,4}\))/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'nodes-joined',
    pattern:
      /(?:^|['"\])\w])\s{0,4}\|\s{0,4}\/{1,2}(?:\*|node\(\)|text\(\)|@\*|[\w-]{1,40}(?:\/\*|\/text\(\)|\[|::|\/node\(\)))/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'axis-walked',
    pattern:
      /(?:^|[/[(|\s'"])(?:ancestor(?:-or-self)?|descendant(?:-or-self)?|following(?:-sibling)?|preceding(?:-sibling)?|parent|child|self|attribute|namespace)::(?:node\(\)|text\(\)|comment\(\)|\*)/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'document-fetched',
    pattern:
      /\b(?:doc|document|doc-available|unparsed-text(?:-lines)?|collection|unparsed-text-available)\(\s{0,4}(?:concat\(|encode-for-uri\(|['"](?:https?:|ftp:|file:|\/\/|\/etc|\.\.\/))/i,
    confidence: CONFIDENCE.likely,
  },
  {
    technique: 'processor-asked',
    pattern: /\b(?:system-property|environment-variable|available-environment-variables)\(\s{0,4}['")]/i,
    confidence: CONFIDENCE.likely,
  },
];
