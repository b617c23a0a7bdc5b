import { CONFIDENCE } from '../../evidence.ts';
import { finding, type HeaderCheck } from './finding.ts';

/** RFC 9110 §8.3.1, and a little more: parameters without quotes that hold what clients do put there. */
const TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+*-]{1,150}\s*$/;
const EXPRESSION = /[%$#*]\{|\(#|\$\(|<%|@[\w.]{1,60}@/;
/** Media types and their parameters that mean something for how a body is read. */
const NAMES_A_TYPE = /^"?(?:application|text|multipart)\//i;

export const checkContentType: HeaderCheck = (value) => {
  if (EXPRESSION.test(value)) return finding('content-type-expression', CONFIDENCE.certain);
  const [type = '', ...parameters] = value.split(';', 20);
  if (type.includes(',')) return finding('content-type-list', CONFIDENCE.likely);
  if (type.trim() !== '' && !TYPE.test(type.trim())) {
    const isWord = /^[\w.+-]{1,40}$/.test(type.trim());
    return finding('content-type-broken', isWord ? CONFIDENCE.weak : CONFIDENCE.likely);
  }
  let charsets = 0;
  for (const parameter of parameters) {
    const [name = '', content = ''] = parameter.trim().split('=', 2);
    if (/^boundary$/i.test(name) && !/^\s*multipart\//i.test(type)) {
      return finding('boundary-without-parts', NAMES_A_TYPE.test(content) ? CONFIDENCE.likely : CONFIDENCE.weak);
    }
    if (NAMES_A_TYPE.test(content) && !/^(?:type|start-info|profile)$/i.test(name))
      return finding('type-in-parameter', CONFIDENCE.likely);
    if (/^charset$/i.test(name)) charsets++;
  }
  return charsets > 1 ? finding('charset-twice', CONFIDENCE.likely) : null;
};
