import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { ConfigFault, ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';

/** A YAML text that could be read: its plain value, and where in the text each part of it stands. */
export type YamlSource = { value: unknown; locate(finding: Finding): ConfigFault };

const MAX_BYTES = 5_000_000;
/** Aliases are allowed, but not so many that a small file grows into a huge value. */
const MAX_ALIASES = 100;
const MAX_YAML_FAULTS = 20;

/** Reads YAML 1.2 (core schema, one document). Never throws: what cannot be read comes back as faults. */
export function readYaml(text: string, file: string): YamlSource | { faults: ConfigFault[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return wholeFile(
      'too-large',
      `${file} is larger than 5 MB.`,
      'Split it over several gateways, or remove what is not needed.',
    );
  }
  const lines = new LineCounter();
  try {
    // Repeated keys are looked for below: the library's own check takes quadratic time in large maps.
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      uniqueKeys: false,
    });
    const locator = createLocator(document, lines);
    const problems = [...document.errors, ...document.warnings]
      .slice(0, MAX_YAML_FAULTS)
      .map((problem) => ({ place: '', ...locator.at(problem.pos[0]), ...yamlFault(problem) }));
    const tooDeep = problems.find((problem) => problem.code === 'yaml-too-deep');
    if (problems.length > 0) return { faults: tooDeep === undefined ? problems : [tooDeep] };
    if (document.contents === null) {
      return wholeFile('empty', `${file} is empty.`, 'Start with "version: 1" and a list of services.');
    }
    const keyFaults = checkKeys(document).map(locator.locate);
    if (keyFaults.length > 0) return { faults: keyFaults };
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), locate: locator.locate };
  } catch (error) {
    if (error instanceof ReferenceError && error.message.startsWith('Unresolved alias')) {
      return wholeFile('yaml-alias-unknown', `${file} uses a YAML alias (*name) that stands for nothing.`);
    }
    if (error instanceof ReferenceError) {
      return wholeFile('yaml-aliases', `${file} uses too many YAML aliases (*name).`, 'Write the repeated parts out.');
    }
    if (error instanceof RangeError) {
      return wholeFile('yaml-too-deep', `${file} is nested too deeply to be a configuration.`);
    }
    return wholeFile('yaml-malformed', `${file} is not valid YAML.`);
  }
}

function yamlFault(problem: { code: string; message: string }): { code: string; message: string } {
  if (problem.code === 'MULTIPLE_DOCS') {
    return {
      code: 'yaml-several-documents',
      message: 'A configuration is one YAML document; remove the line "---" and what follows it.',
    };
  }
  // The parser reports its own recursion limit as a fault of the text.
  if (problem.message.includes('call stack')) {
    return { code: 'yaml-too-deep', message: 'This is nested too deeply to be a configuration.' };
  }
  return {
    code: 'yaml-malformed',
    message: `This is not valid YAML: ${YAML_WORDS[problem.code] ?? sentence(problem.message)}`,
  };
}

/** The commonest slips in plainer words than the parser's. */
const YAML_WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a line is indented with a tab; use spaces.',
  BAD_INDENT: 'this line is not indented as its neighbours are, or a bracket before it is not closed.',
  MISSING_CHAR: 'a bracket, a quote or a ":" is missing here or shortly before.',
};

function wholeFile(code: string, message: string, hint?: string): { faults: ConfigFault[] } {
  return { faults: [{ place: '', line: 1, column: 1, code, message, ...(hint === undefined ? {} : { hint }) }] };
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.endsWith('.') ? first : `${first}.`;
}

/** Keys written twice, keys that are no plain text, and the one name that JavaScript objects reserve. */
function checkKeys(document: Document): Finding[] {
  const findings: Finding[] = [];
  const visit = (node: unknown, path: ConfigPath): void => {
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    } else if (isMap(node)) {
      const seen = new Set<string>();
      for (const pair of node.items) {
        if (!isScalar(pair.key) || pair.key.value === '__proto__') {
          findings.push({ path, code: 'key-invalid', message: 'A key here is not a plain word.' });
          continue;
        }
        const key = String(pair.key.value);
        if (seen.has(key)) {
          findings.push({
            path: [...path, key],
            atKey: true,
            code: 'key-repeated',
            message: `The key "${key}" stands here twice.`,
            hint: 'Keep one of the two.',
          });
        }
        seen.add(key);
        visit(pair.value, [...path, key]);
      }
    }
  };
  visit(document.contents, []);
  return findings;
}

function createLocator(document: Document, lines: LineCounter) {
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const locate = (finding: Finding): ConfigFault => ({
    place: placeOf(finding.path),
    ...at(offsetOf(document, finding.path, finding.atKey === true)),
    code: finding.code,
    message: finding.message,
    ...(finding.hint === undefined ? {} : { hint: finding.hint }),
  });
  return { at, locate };
}

/** Offset of the value at `path`, or of the nearest part that encloses it and was written (a missing key has no place). */
function offsetOf(document: Document, path: ConfigPath, atKey: boolean): number {
  let node: Node | null = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    let next: unknown;
    let keyOffset: number | undefined;
    if (isSeq(node)) {
      next = typeof step === 'number' ? node.items[step] : undefined;
    } else if (isMap(node)) {
      // The last of two equal keys is the one that repeats.
      const pair = node.items.findLast(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
      );
      next = pair?.value;
      keyOffset = isNode(pair?.key) ? startOf(pair.key) : undefined;
    }
    const last = depth === path.length - 1;
    const valueOffset = isNode(next) ? startOf(next) : undefined;
    offset = (last && atKey ? (keyOffset ?? valueOffset) : (valueOffset ?? keyOffset)) ?? offset;
    if (!isNode(next)) return offset;
    node = next;
  }
  return offset;
}

function startOf(node: Node | null): number | undefined {
  return node?.range?.[0];
}
