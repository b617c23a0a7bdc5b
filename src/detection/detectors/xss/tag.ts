import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { decodeHtmlEntities } from '../../peel/html-entities.ts';
import { isBrokenStyle, judgeStyle } from './css.ts';
import { EVENT_HANDLERS, FRAMEWORK_ATTRIBUTE, isUsualEmbed, URL_ATTRIBUTES, WORDS_ON } from './html-names.ts';
import type { Attribute, Token } from './html-tokeniser.ts';
import { isBeginning, isDisguisedHost, judgeUrl } from './script-url.ts';

const { certain, likely, possible } = CONFIDENCE;

/** Elements that load a document or a program from the address in one of these attributes. */
const LOADING: Readonly<Record<string, readonly string[]>> = {
  iframe: ['src', 'srcdoc'],
  frame: ['src'],
  embed: ['src', 'code'],
  object: ['data', 'classid', 'codebase', 'code'],
  applet: ['code', 'archive', 'object', 'codebase'],
  base: ['href'],
  layer: ['src'],
  ilayer: ['src'],
  bgsound: ['src'],
  portal: ['src'],
  fencedframe: ['src'],
  vmlframe: ['src'],
  isindex: ['action', 'prompt', 'type'],
};

/** What a browser would do with a tag: null when it would only show something. */
export function judgeTag(token: Token, prose: number): Evidence | null {
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
  const element = judgeElement(localName(name), token, prose);
  return element !== null && element[1] > (best?.confidence ?? 0) ? found(element[0], element[1]) : best;
}

const DECLARING = /^(?:const|let|var)$/;

type Judged = readonly [technique: string, confidence: number] | null;

/** `svg:script` and `x:script` are scripts wherever the prefix is bound. */
function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

function judgeElement(name: string, token: Token, prose: number): Judged {
  const get = (wanted: string): string | null => token.attributes.find((one) => one.name === wanted)?.value ?? null;
  if (name === 'script') {
    if (/^(?:application\/(?:ld\+)?json|text\/x-template|importmap-none)$/i.test(get('type') ?? ''))
      return ['script-data', possible];
    // "Where does the <script> tag go?" speaks of it.
    return token.attributes.length === 0 && prose > 0.5 ? ['script-element', possible] : ['script-element', certain];
  }
  const sources = LOADING[name];
  if (sources !== undefined) {
    for (const source of sources) {
      const value = get(source);
      if (value !== null && !isUsualEmbed(value.trim()))
        return [`${name}-element`, name === 'iframe' || name === 'embed' ? likely : 80];
    }
    return name === 'base' && token.attributes.some((one) => one.name === 'href' && one.value === null)
      ? ['base-element', likely]
      : null;
  }
  if (name === 'meta') return judgeMeta(get('http-equiv'), get('content'), get('charset'));
  if (name === 'link') return judgeLink(get('href'), get('rel'));
  if (name === 'set' || name === 'animate' || name === 'animatetransform' || name === 'animation') {
    const target = (get('attributename') ?? '').toLowerCase();
    return /href|^on|innerhtml|values/.test(target) ? ['animated-attribute', likely] : null;
  }
  if (name === 'use' && /^\s*(?:data:|(?:https?:)?\/\/)/i.test(get('href') ?? get('xlink:href') ?? ''))
    return ['svg-use', likely];
  if (name === 'handler' && token.attributes.some((one) => one.name.includes('event') || one.name === 'type'))
    return ['svg-handler', likely];
  if (token.attributes.some(({ name: one }) => one === 'datasrc' || one === 'dataformatas'))
    return ['data-binding', likely];
  if (name === 'import' && get('implementation') !== null) return ['import-instruction', likely];
  if (name === 'xml' && (get('src') ?? get('id')) !== null) return ['data-island', likely];
  if (name === 'xss' || name === 'stylesheet') return [`${name}-element`, likely];
  if (name === 'component' && /^['"]?(?:script|iframe|object|embed)/i.test(get('is') ?? get(':is') ?? ''))
    return ['script-element', likely];
  if (name === 'button' || name === 'input') return get('formaction') === null ? null : ['form-action', likely];
  return null;
}

function judgeMeta(equiv: string | null, content: string | null, charset: string | null): Judged {
  const kind = (equiv ?? '').trim().toLowerCase();
  if (kind === 'refresh' || kind === 'set-cookie' || kind === 'link') return ['meta-element', likely];
  const named =
    charset ??
    (kind === 'content-type' ? (/charset\s{0,9}=\s{0,9}([\w-]{1,40})/i.exec(content ?? '')?.[1] ?? null) : null);
  return named === null ||
    /^\s*(?:utf-?8|us-ascii|iso-8859-\d+|windows-\d+|shift_jis|euc-\w+|gb\w+|big5)\s*$/i.test(named)
    ? null
    : ['meta-element', likely];
}

function judgeLink(href: string | null, rel: string | null): Judged {
  if (href === null || isUsualEmbed(href.trim())) return null;
  const kind = (rel ?? '').toLowerCase();
  if (kind.includes('import')) return ['link-element', certain];
  return kind.includes('stylesheet') ? ['link-element', likely] : null;
}

/** Whether a value could be a handler's code: it calls, assigns, or is the empty stub of a tester. */
const CODE = /[(=`;[{]|:\/\/|javascript:|&lpar|&#|\\/i;

function judgeAttribute(attribute: Attribute, token: Token): Judged {
  const { name, value } = attribute;
  if (value === null) return null;
  const bare = name.includes('\0') || /[^\w:@.\-[\]()*#]/.test(name) ? name.replace(/[^\w:@.\-[\]()*#]/g, '') : name;
  if (bare.startsWith('on') && bare.length > 3) return judgeHandler(bare, attribute, value, token);
  if (bare === '' || value === '') return null;
  const decoded = value.includes('&') ? decodeHtmlEntities(value) : value;
  if (bare === 'style') {
    const technique = judgeStyle(decoded, isUsualEmbed);
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
  'link',
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
  if (known) return ['event-handler', code || token.closed ? certain : likely];
  if (!/^on[a-z]{2,60}$/.test(name) || WORDS_ON.has(name)) return null;
  return ['event-handler', code ? certain : likely];
}
