import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';

/**
 * LDAP injection: a value that closes the filter it is put in and begins another (RFC 4515). A whole filter, balanced, is honest: some
 * applications take one. What gives an attack away is a parenthesis that closes what the value never opened.
 */
export const ldap: TextDetector = {
  id: 'ldap',
  literals: ['(&', '(|', '(!', ')(', '=*', '*(', '*)', '(objectclass=', '(uid=', '(cn=', '(sn=', '(mail='],
  concerns: ({ signs }, hasLiteral) =>
    (signs & SIGN.parenthesis) !== 0 &&
    (hasLiteral || (signs & (SIGN.equals | SIGN.ampersand | SIGN.pipe | SIGN.control)) !== 0),
  look,
};

const LONGEST = 2_000;

function look({ text, prose }: Subject): Evidence | null {
  if (text.length > LONGEST || prose > 0.5) return null;
  const close = firstUnopened(text);
  if (close !== -1) return breaksOut(text, close);
  OPENS.lastIndex = 0;
  const opens = OPENS.exec(text);
  if (opens !== null) return found('filter-appended', CONFIDENCE.likely, opens.index, text.length);
  const filter = ALWAYS.exec(text);
  return filter === null ? null : found('filter-of-constants', CONFIDENCE.likely, filter.index, text.length);
}

function found(technique: string, confidence: number, start: number, end: number): Evidence {
  return { technique, confidence, start, end };
}

function firstUnopened(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28) depth++;
    else if (code === 0x29 && --depth < 0) return at;
  }
  return -1;
}

/** Attributes of directories (RFC 4519, RFC 2798, Active Directory). */
const ATTRIBUTE =
  /^(?:uid|cn|sn|ou|dc|o|c|l|st|mail|objectclass|objectcategory|objectsid|objectguid|userpassword|password|pwd|pass|member|memberof|uniquemember|gidnumber|uidnumber|givenname|displayname|name|samaccountname|userprincipalname|useraccountcontrol|homedirectory|loginshell|telephonenumber|mobile|title|description|department|employeenumber|manager|user|username|login|role|group|admincount|unicodepwd)$/i;
/** The closing part, an operator perhaps, and what begins then. */
const BEGINS =
  /\)\s{0,8}(?:\)\s{0,8}){0,8}[&|!]?\s{0,8}\(+\s{0,8}(?:([&|!])|([\w;.-]{1,40})\s{0,4}(?:[~<>]|:[\w.]{1,60}:)?=\s{0,4}([^()]{0,40}\*)?)/y;
const ENDS = /\)+\s{0,8}(?:\0|%00|\\0{2})/y;
const LEFT_OPEN = /\*\s{0,4}\)\s{0,4}(?:\)\s{0,4}){0,8}[(&|!]{1,16}[\s&|!()*']{0,64}$/y;

function breaksOut(text: string, close: number): Evidence | null {
  BEGINS.lastIndex = close;
  const begins = BEGINS.exec(text);
  if (begins !== null) {
    const [whole, operator, attribute = '', star] = begins;
    const technique = operator === undefined ? 'filter-closed-and-begun' : 'filter-closed-with-operator';
    const known = operator !== undefined || ATTRIBUTE.test(attribute) || star !== undefined;
    // A list's marks look alike: `a) (width=3)`.
    const listed =
      operator === undefined &&
      /^\s*\(?\w{1,3}$/.test(text.slice(0, close)) &&
      /\)\s/.test(whole) &&
      star === undefined;
    const confidence = known && !listed ? CONFIDENCE.certain : CONFIDENCE.possible;
    return found(technique, confidence, close, close + whole.length);
  }
  ENDS.lastIndex = close;
  if (ENDS.test(text)) return found('filter-cut-off', CONFIDENCE.likely, close, text.length);
  LEFT_OPEN.lastIndex = Math.max(0, text.lastIndexOf('*', close));
  if (LEFT_OPEN.test(text)) return found('filter-closed', CONFIDENCE.likely, close, text.length);
  return STARS.test(text) ? found('filter-closed', CONFIDENCE.likely, close, text.length) : null;
}

/** `(*)*)`: nothing but the marks of filters. */
const STARS = /^[\s()*&|!']{4,60}$/;
/** A filter right behind a value: `*(|(mail=*))`. */
const OPENS =
  /^\s{0,4}[|&!]\s{0,4}\(\s{0,4}[\w;.-]{1,40}\s{0,4}[~<>]?=\s{0,4}\*|^[\w*@.-]{0,60}\*\s{0,4}\(\s{0,4}(?:[&|!]\s{0,4}\(\s{0,4}[\w;.-]{1,40}\s{0,4}[~<>]?=|\)\s{0,4}[&|!])/g;
/** A whole filter with a comparison of constants in it: `(!(&(1=0)…`. */
const ALWAYS = /\(\s{0,4}[&|!]\s{0,4}\((?:[^()]{1,80}\)\s{0,4}){0,4}(?:\([&|!]\s{0,4}){0,4}\(?(\d)=\d\s{0,4}\)/;
