import { CONFIDENCE } from '../../evidence.ts';
import type { Usage } from './followed.ts';

export type Trick = { readonly technique: string; readonly confidence: number };

const { likely, possible, weak } = CONFIDENCE;
/** A name with a dot in it, an address, or a name alone where only a host can stand. Dots may be those of other scripts. */
const HOST =
  '(?:[\\w\\u00a1-\\uffff-]{1,63}[.\\u3002\\uff0e\\uff61]){1,8}[a-z\\u00a1-\\uffff]{2,24}\\.?|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[\\da-f:.]{2,45}\\]';
const END = '(?=[:/?#\\\\&@\\s]|$)';
const host = (before: string, flags = 'i'): RegExp => new RegExp(`${before}(?:${HOST})${END}`, flags);

/** What browsers skip in URLs, put between slashes so that no comparison sees two of them (WHATWG URL §4.4). */
const HIDDEN = /[\t\r\n\0]/;
const SLASHED = host('^[/\\\\]{2,}');
const MIXED = host('^/*\\\\[/\\\\]*|^/+\\\\[/\\\\]*');
const MANY = host('^[/\\\\]{3,}');
const CLIMBED = host('^/?(?:\\.{1,2}/){1,4}/+|^/[^/\\\\?#]{0,40}/\\.{2}//+');
const NO_SLASHES = host('^https?:(?![/\\\\])');
const ODD_SLASHES = host('^https?:(?:/|/{3,}|[/\\\\]*\\\\[/\\\\]*)(?![/\\\\])');
const USERINFO = /^(?:https?:)?\/\/([^/?#@\s\\]{1,120})@[\w.[\]-]/i;
const LIKE_HOST =
  /^(?:www\.)?(?:[\w-]{1,63}\.){1,5}(?:com|net|org|io|co|de|eu|uk|info|biz|gov|edu|app|dev|shop|example|test|local|online|site)(?::(?:443|80)?)?$/i;
const BACKSLASH_IN_HOST = /^(?:https?:)?[/\\]{2}[^/?#\s]{1,120}\\(?:[@.\w]|$)/i;
const FOREIGN_DOT = /^(?:https?:)?[/\\]{2}[^/?#\s]{0,120}[\u3002\uff0e\uff61]/i;
const APPENDED = host('^@');
const ABSOLUTE = /^(?:https?:)?\/\//i;

/** The trick by which a value goes to another host than it seems to; `weak` for an address that only is one. */
export function trickIn(value: string, use: Usage): Trick | null {
  const head = value.slice(0, 400);
  const text = head.replace(/^[\s\0]+/, '');
  const followed = use === 'followed';
  const found = (technique: string, confidence: number): Trick => ({ technique, confidence });
  if (use !== 'other') {
    if (
      HIDDEN.test(text.slice(0, 40)) &&
      host('^(?:https?:)?[/\\\\]{2}').test(text.replace(/[\t\r\n\0]/g, '')) &&
      /^(?:[a-z:]{0,6}[\t\r\n\0]|[a-z:]{0,6}[/\\]?[\t\r\n\0])/i.test(text)
    ) {
      return found('hidden-slashes', likely);
    }
    // Slashes with backslashes before them are how some writers of JSON leave them.
    if (ODD_SLASHES.test(text) && !/^https?:\\\/\\\//i.test(text))
      return found('odd-slashes', followed || /^https?:\\/i.test(text) ? likely : possible);
    if (NO_SLASHES.test(text)) return found('no-slashes', likely);
    if (FOREIGN_DOT.test(text)) return found('foreign-dot', likely);
    if (MANY.test(text)) return found('many-slashes', followed || text[0] === '/' ? likely : possible);
    if (CLIMBED.test(text)) return found('climbed', likely);
  }
  if (MIXED.test(text) && !text.startsWith('\\\\')) return found('mixed-slashes', use === 'other' ? possible : likely);
  if (BACKSLASH_IN_HOST.test(text)) {
    // `\\server\share` is a folder.
    if (!text.startsWith('\\') && !/^https?:\\\//i.test(text))
      return found('backslash-in-host', use === 'other' ? possible : likely);
  }
  const user = USERINFO.exec(text)?.[1];
  if (user !== undefined && LIKE_HOST.test(user)) return found('host-as-user', likely);
  if (!followed) return null;
  if (SLASHED.test(text)) return found('no-scheme', likely);
  if (APPENDED.test(text)) return found('appended-host', likely);
  return ABSOLUTE.test(text) ? found('other-host', weak) : null;
}
