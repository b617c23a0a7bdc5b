import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';

/**
 * Prototype pollution (CWE-1321): a name, or a path of names, that leads to the prototype which all objects of a JavaScript program
 * share. Names with it in them are never honest; values are looked at only when they are nothing but such a path.
 */
export const prototypePollution: TextDetector = {
  id: 'prototype-pollution',
  literals: [
    '__pro',
    'proto__',
    'prototype',
    '__definegetter__',
    '__definesetter__',
    '__lookupgetter__',
    '__lookupsetter__',
  ],
  concerns: (_, hasLiteral) => hasLiteral,
  look,
};

const LONGEST = 1_000;

function look(subject: Subject): Evidence | null {
  const { text, leaf } = subject;
  if (text.length > LONGEST) return null;
  if (leaf.role === 'name') return inName(subject);
  if (leaf.carrier === 'header' || !PATH.test(text)) return null;
  const steps = stepsOf(text);
  const technique = techniqueOf(steps);
  if (technique === null) return null;
  const sure = steps.length > 1 || leaf.carrier === 'path';
  return { technique, confidence: sure ? CONFIDENCE.certain : CONFIDENCE.likely, start: 0, end: text.length };
}

/** Names with dots, brackets, slashes and quotes between, and perhaps a value given to it. */
const PATH = /^\s*[\w$.[\]/"'-]{1,300}(?:=[^\n]{0,300})?$/;

function inName({ text, leaf, lower }: Subject): Evidence | null {
  const steps = stepsOf(text);
  // An object in an object: its names come one by one.
  const above = leaf.parent?.key;
  if (typeof above === 'string' && /constructor$/.test(above)) steps.unshift('constructor');
  const technique = techniqueOf(steps) ?? (lower.includes('__proto__') ? 'proto-hidden' : null);
  return technique === null ? null : { technique, confidence: CONFIDENCE.certain, start: 0, end: text.length };
}

function stepsOf(text: string): string[] {
  return text
    .replace(/=.*$/s, '')
    .split(/[.[\]/"'\s]+/)
    .filter((step) => step !== '');
}

function techniqueOf(steps: readonly string[]): string | null {
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] ?? '';
    if (step === '__proto__') return 'proto';
    // A filter that takes the word out once makes it.
    if (step.replace(/__proto__|constructor|prototype/, '') === '__proto__') return 'proto-hidden';
    if (step === 'constructor' && steps[i + 1] === 'prototype') return 'constructor-prototype';
    if (/^__(?:define|lookup)[GS]etter__$/.test(step)) return 'accessor-defined';
  }
  return null;
}
