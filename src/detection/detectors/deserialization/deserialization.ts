import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { BASE64_NAMES, base64NameIn } from './base64-names.ts';
import { GADGETS, gadgetIn } from './gadgets.ts';
import { findPhpObject } from './php-objects.ts';
import { findStream } from './streams.ts';
import { findTypedValue } from './typed-json.ts';

/** Serialised objects that name the classes to make, and so choose the code to run (CWE-502). */
export const deserialization: TextDetector = {
  id: 'deserialization',
  literals: [
    ...GADGETS,
    ...BASE64_NAMES.map((name) => name.toLowerCase()),
    ...['ro0ab', 'kztaau', 'cs7qaf', 'aced0005', 'aaeaaad/', 'h4si', '/we', 'gasv', 'gas', 'gan', 'gaj', 'gar', 'bah'],
    ...[
      'y29z',
      'y3bv',
      'y19f',
      'y3n1',
      '!!python/',
      '!ruby/',
      '!!ruby/',
      '!php/',
      '!!java',
      '!!com.',
      '!!org.',
      '!!sun.',
      'tag:yaml.org',
    ],
    ...[
      '_$$nd_func$$_',
      '__js_function',
      'phar://',
      'py/object',
      'py/reduce',
      'org.apache.',
      'java.',
      'javax.',
      'com.sun.',
      'system.',
    ],
    ...[
      'os.system',
      'os.popen',
      'subprocess.',
      'builtins.',
      'posix.',
      'dynamic-proxy',
      'sorted-set',
      'o:',
      'c:',
      'c__builtin',
      'cos\n',
      'cposix',
      'cnt\n',
      'csubprocess',
      'cbuiltins',
      '\nsystem\n',
      '\neval\n',
      '\nexec\n',
    ],
  ],
  concerns: ({ signs }, hasLiteral) => hasLiteral || (signs & SIGN.control) !== 0,
  look,
};

function look(subject: Subject): Evidence | null {
  const { text, lower } = subject;
  return (
    findStream(text) ??
    findPhpObject(lower) ??
    findTag(lower) ??
    findFunction(lower) ??
    findTypedValue(subject) ??
    findGadget(subject) ??
    findBase64Name(text) ??
    findXml(lower)
  );
}

const YAML_TAG =
  /(?:^|[\s:[{,\-!])(?:!!|!<?tag:yaml\.org,2002:|!)(python\/(?:object|name|module|module_name)[/:]|ruby\/(?:object|hash|struct|class|regexp|sym|exception|array)[:/]?|(?:javax?|com|org|sun|net|ch|groovy|jdk)\.[\w.$]{3,80}|php\/object)/;

/** Tags of YAML that make objects (YAML 1.2 §6.9.1; PyYAML, Psych, SnakeYAML). */
function findTag(lower: string): Evidence | null {
  if (!lower.includes('!')) return null;
  const match = YAML_TAG.exec(lower);
  return match === null
    ? null
    : { technique: 'yaml-tag', confidence: CONFIDENCE.certain, start: match.index, end: match.index + match[0].length };
}

/** Functions in JSON, as node-serialize and funcster keep them, and PHP archives whose metadata is an object. */
function findFunction(lower: string): Evidence | null {
  for (const [mark, technique] of [
    ['_$$nd_func$$_', 'node-serialize'],
    ['__js_function', 'funcster'],
  ] as const) {
    const at = lower.indexOf(mark);
    if (at !== -1) return { technique, confidence: CONFIDENCE.certain, start: at, end: at + mark.length };
  }
  const phar = lower.indexOf('phar://');
  return phar === -1 ? null : { technique: 'phar', confidence: 85, start: phar, end: phar + 7 };
}

const ONE_NAME = /^["'[\s]{0,4}l?[\w.$\\:-]{4,160};?["'\]\s]{0,4}$/;

/** The name of a gadget: certain in something that is no writing for people, a topic in what is. */
function findGadget({ text, lower, prose }: Subject): Evidence | null {
  const isName = text.length < 200 && ONE_NAME.test(text);
  const at = gadgetIn(lower, isName && lower.includes('.'));
  if (at === -1) return null;
  const confidence = prose > 0.4 ? CONFIDENCE.weak : isName || !text.includes(' ') ? 85 : CONFIDENCE.likely;
  return { technique: 'gadget', confidence, start: at, end: at + 12 };
}

const XSTREAM =
  /<(?:dynamic-proxy|sorted-set|tree-map|java\.[\w.$_-]{3,60}|javax\.[\w.$_-]{3,60}|sun\.[\w.$_-]{3,60}|com\.sun\.[\w.$_-]{3,60}|jdk\.nashorn[\w.$_-]{3,60}|org\.(?:apache|codehaus|springframework)\.[\w.$_-]{3,60}|void\s{1,4}(?:class|method|property)\s{0,4}=|object\s{1,4}class\s{0,4}=)/;

function findXml(lower: string): Evidence | null {
  const match = XSTREAM.exec(lower);
  return match === null
    ? null
    : { technique: 'xml-object', confidence: 85, start: match.index, end: match.index + match[0].length };
}

function findBase64Name(text: string): Evidence | null {
  const at = base64NameIn(text);
  return at === -1
    ? null
    : { technique: 'gadget-base64', confidence: 80, start: at, end: Math.min(text.length, at + 20) };
}
