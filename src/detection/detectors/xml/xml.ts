import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';
import { xmlAttackIn } from './xml-attacks.ts';

/** XML in a value of something else, which an application behind may parse. */
export const xml: TextDetector = {
  id: 'xml',
  literals: [
    '<!doctype',
    '<!entity',
    ':include',
    'xinclude',
    'xsl:',
    'xslt',
    'xml.apache.org',
    'exslt.org',
    'saxon.sf.net',
    'php.net/xsl',
    'msxsl',
    'xml-stylesheet',
    'xmldecoder',
    'schemalocation',
    '<![cdata[',
    'encoding=',
    '+adw',
    '<methodname',
    '<image',
    '<use',
    '<feimage',
    'dynamic-proxy',
    'sorted-set',
    'objectdataprovider',
    ' method=',
    ' filename=',
  ],
  concerns: (_, hasLiteral) => hasLiteral,
  look,
};

/** How much a text must read like writing before the XML in it is only an example. */
const TALK = 0.6;

function look(subject: Subject): Evidence | null {
  const found = xmlAttackIn(subject.text);
  if (found === null || subject.prose < TALK) return found;
  return { ...found, confidence: Math.min(found.confidence, CONFIDENCE.possible) };
}
