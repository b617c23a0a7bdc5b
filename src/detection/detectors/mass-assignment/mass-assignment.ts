import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';
import { INTERNALS, PRIVILEGED, PRIVILEGED_ROLE } from './internals.ts';

/**
 * Mass assignment (CWE-915): names by which a caller reaches what only the server sets. Names that lead into the framework or the
 * language are never honest. Those of privileges are, in many APIs: they are a hint, together with the value, and no more.
 */
export const massAssignment: TextDetector = {
  id: 'mass-assignment',
  literals: [
    'classloader',
    'protectiondomain',
    'class.module',
    'class.superclass',
    'class.declared',
    'destructuredlocals',
    'class[',
    '__class__',
    '__init__',
    '__globals__',
    '__builtins__',
    '__mro__',
    '__subclasses__',
    '__dict__',
    '__bases__',
    '__base__',
    '__kwdefaults__',
    '__defaults__',
    'globals[',
    '_session[',
    '_server[',
    '_env[',
    '_request[',
    '_cookie[',
    '_files[',
    '_get[',
    '_post[',
    'view options',
    'outputfunctionname',
    'escapefunction',
    'instance_variable_set',
    '__send__',
    'attr_accessor',
    'true',
    'admin',
    'root',
    'superuser',
    'owner',
    'staff',
  ],
  concerns: (_, hasLiteral) => hasLiteral,
  look,
};

const LONGEST_NAME = 400;
const LONGEST_VALUE = 24;

function look({ text, leaf, lower }: Subject): Evidence | null {
  if (leaf.role === 'name') {
    if (text.length > LONGEST_NAME) return null;
    // By itself it is how some programs name a type in JSON.
    if (text === '__class__' && leaf.carrier === 'json') return null;
    for (const { technique, pattern } of INTERNALS) {
      if (pattern.test(text)) return { technique, confidence: CONFIDENCE.certain, start: 0, end: text.length };
    }
    return null;
  }
  if (text.length > LONGEST_VALUE || leaf.carrier === 'header' || leaf.carrier === 'cookie') return null;
  const key = String(leaf.key);
  const privileged =
    (/^(?:true|1|yes|on|admin)$/.test(lower) && PRIVILEGED.test(key)) ||
    (/^(?:admin|administrator|root|superuser|super_?admin|owner|staff)$/.test(lower) && PRIVILEGED_ROLE.test(key));
  if (!privileged) return null;
  // In a form or query a privilege is set by hand; a JSON API may well be for administrators.
  const byHand = leaf.carrier === 'query' || leaf.carrier === 'form';
  const confidence = byHand ? CONFIDENCE.possible : CONFIDENCE.weak;
  return { technique: 'privilege-set', confidence, start: 0, end: text.length };
}
