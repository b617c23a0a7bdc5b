import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { decodeHtmlEntities } from '../../peel/html-entities.ts';
import { isBrokenStyle, judgeStyle } from './css.ts';
import { type Judged, judgeElement, localName } from './element.ts';
import { EVENT_HANDLERS, FRAMEWORK_ATTRIBUTE, URL_ATTRIBUTES, WORDS_ON } from './html-names.ts';
import type { Attribute, Token } from './html-tokeniser.ts';
import { isBeginning, isDisguisedHost, judgeUrl } from './script-url.ts';
import type { Surroundings } from './surroundings.ts';

const { certain, likely, possible } = CONFIDENCE;

/** What a browser would do with a tag: null when it would only show something. */
export function judgeTag(token: Token, around: Surroundings): Evidence | null {
  const { name, attributes, start, end } = token;
  const found = (technique: string, confidence: number, from = start, to = end): Evidence => ({
    technique,
    confidence,
    start: from,
    end: to,
  });
  let best: Evidence | null = null;
  let previous = '';
  for (const attribute of attributes) {
    // In a script it is a variable: `const onStart = …`.
    const judged = name === '' && DECLARING.test(previous) ? null : judgeAttribute(attribute, token);
    previous = attribute.name;
    if (judged === null) continue;
    if (judged[1] === certain) return found(judged[0], certain, attribute.start, attribute.end);
    if (judged[1] > (best?.confidence ?? 0)) best = found(judged[0], judged[1], attribute.start, attribute.end);
  }
  if (token.kind === 'end') return best;
  const element = judgeElement(localName(name), token, around);
  return element !== null && element[1] > (best?.confidence ?? 0) ? found(element[0], element[1]) : best;
}

/** Quotes and control characters, which old browsers did not take for parts of a name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const ODD = /[\x00-\x1f\x7f-\x9f"'`]/;
const ALL_ODD = new RegExp(ODD, 'g');
const DECLARING = /^(?:const|let|var)$/;

/** Whether a value could be a handler's code: it calls, assigns, or is the empty stub of a tester. */
const CODE = /[(=`;[{]|:\/\/|javascript:|&lpar|&#|\\/i;

function judgeAttribute(attribute: Attribute, token: Token): Judged {
  const { name, value } = attribute;
  if (value === null) return null;
  const bare = ODD.test(name) ? name.replace(ALL_ODD, '') : name;
  if (bare.startsWith('on') && bare.length > 3) return judgeHandler(bare, attribute, value, token);
  if (bare === '' || value === '') return null;
  const decoded = value.includes('&') ? decodeHtmlEntities(value) : value;
  if (bare === 'style') {
    const technique = judgeStyle(decoded);
    if (technique !== null) return [technique, certain];
    return token.name !== '' && isBrokenStyle(decoded) ? ['broken-style', likely] : null;
  }
  const isFrame = FRAMING.has(localName(token.name)) && URL_ATTRIBUTES.has(bare);
  const url = judgeUrl(decoded, isFrame);
  if (url !== null)
    return [url, URL_ATTRIBUTES.has(bare) || bare === 'content' ? certain : token.name === '' ? possible : likely];
  if (decoded !== value && URL_ATTRIBUTES.has(bare) && isBeginning(decoded)) return ['script-url', likely];
  if (bare === 'href' && isDisguisedHost(decoded)) return ['disguised-link', likely];
  if (bare === 'xlink:href' && token.name === 'a' && /^\s*(?:https?:)?\/\//.test(decoded)) return ['svg-link', likely];
  if (EVENTS_BY_XML.test(bare) || (bare === 'handler' && token.name === 'listener')) return ['xml-event', likely];
  if (bare === 'srcdoc') return ['srcdoc', certain];
  if (token.name !== '' && FRAMEWORK_ATTRIBUTE.test(bare)) {
    return /constructor|\$event\.|\$el\b|javascript:|\b(?:alert|confirm|prompt|eval|fetch|document|window|location|function|import|settimeout|self|top)\b|`|\{\{/i.test(
      value,
    )
      ? ['framework-attribute', likely]
      : ['framework-attribute', possible];
  }
  return null;
}

/** XML Events (W3C, 2003): a listener and its handler as attributes. */
const EVENTS_BY_XML = /^ev:(?:event|handler|observer)$/;

const FRAMING: ReadonlySet<string> = new Set([
  'iframe',
  'frame',
  'embed',
  'object',
  'script',
  'a',
  'base',
  'form',
  'applet',
]);

const JSX = /^\{\s?(?:\([\w\s,{}]{0,60}\)?|async|[\w.]{1,60}\}?)(?:$|\s?=>)/;

function judgeHandler(
  name: string,
  { name: rawName, start, valueStart }: Attribute,
  value: string,
  token: Token,
): Judged {
  // JSX hands over a function, which a browser would not call.
  if (JSX.test(value)) return ['jsx-handler', possible];
  const known = EVENT_HANDLERS.has(name);
  const code = CODE.test(value);
  if (token.name === '') {
    // A quote inside of the name: the text speaks of "onclick" = something.
    if (/["'`]/.test(rawName)) return null;
    // Only where a value may have left its attribute: `" onfocus=alert(1) autofocus x="`.
    if (/^(?:\(|\w{1,20}=>|async$|function\b|use[a-z]{1,20}\()/i.test(value)) return ['event-handler', possible];
    if (known) return ['event-handler', code ? certain : valueStart - start > name.length + 2 ? possible : likely];
    return code && /^on[a-z]{3,40}$/.test(name) && !WORDS_ON.has(name) && /\w[(`]/.test(value)
      ? ['event-handler', likely]
      : null;
  }
  if (value.trim() === '') return ['event-handler', possible];
  if (known) return ['event-handler', code || token.closed ? certain : likely];
  if (!/^on[a-z]{2,60}$/.test(name) || WORDS_ON.has(name)) return null;
  return ['event-handler', code ? certain : likely];
}
