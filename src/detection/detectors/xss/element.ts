import { CONFIDENCE } from '../../evidence.ts';
import { isUsualEmbed } from './html-names.ts';
import type { Token } from './html-tokeniser.ts';
import type { Surroundings } from './surroundings.ts';

export type Judged = readonly [technique: string, confidence: number] | null;

const { certain, likely, possible } = CONFIDENCE;

/** Elements that load a document or a program from the address in one of these attributes. */
const LOADING: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
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
  }),
);

/** `svg:script` and `x:script` are scripts wherever the prefix is bound. */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** What an element does by itself, whatever its handlers do. */
export function judgeElement(name: string, token: Token, { of, isPage }: Surroundings): Judged {
  const get = (wanted: string): string | null => token.attributes.find((one) => one.name === wanted)?.value ?? null;
  if (name === 'script') {
    if (/^(?:application\/(?:ld\+)?json|text\/x-template|importmap-none)$/i.test(get('type') ?? ''))
      return ['script-data', possible];
    // "Where does the <script> tag go?" speaks of it.
    return token.attributes.length === 0 && of.prose > 0.5 ? ['script-element', possible] : ['script-element', certain];
  }
  const sources = LOADING.get(name);
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
  if (name === 'link') return judgeLink(get('href'), get('rel'), isPage);
  if (name === 'set' || name === 'animate' || name === 'animatetransform' || name === 'animation') {
    const target = (get('attributename') ?? '').toLowerCase();
    return /href|^on|innerhtml|values/.test(target) ? ['animated-attribute', likely] : null;
  }
  if (name === 'use' && /^\s*(?:data:|(?:https?:)?\/\/)/i.test(get('href') ?? get('xlink:href') ?? ''))
    return ['svg-use', likely];
  if (name === 'handler' && /script/i.test(get('type') ?? '')) return ['svg-handler', likely];
  if (token.attributes.some(({ name: one }) => one === 'datasrc' || one === 'dataformatas'))
    return ['data-binding', likely];
  if (name === 'import' && get('implementation') !== null) return ['import-instruction', likely];
  if (name === 'xml' && get('src') !== null) return ['data-island', likely];
  if (name === 'xss') return ['xss-element', likely];
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

function judgeLink(href: string | null, rel: string | null, isPage: boolean): Judged {
  if (href === null || isUsualEmbed(href.trim())) return null;
  const kind = (rel ?? '').toLowerCase();
  if (kind.includes('import')) return ['link-element', certain];
  if (!kind.includes('stylesheet')) return null;
  // Whole pages, as mailings are, bring their style sheets along.
  return ['link-element', isPage && /^\s*https:/i.test(href) ? possible : likely];
}
