import type { Exchange } from '../exchange.ts';

/** How the gateway reads a body. `opaque`: it does not; the application alone knows its form. */
export type BodyKind = 'json' | 'form' | 'multipart' | 'text' | 'opaque';

/** The type of a body without its parameters, in lower case. */
export function mediaTypeOf(contentType: string | null): string {
  if (contentType === null) return '';
  const semicolon = contentType.indexOf(';');
  return (semicolon === -1 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}

export function bodyKind(type: string): BodyKind {
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type === 'multipart/form-data') return 'multipart';
  return type.startsWith('text/') ? 'text' : 'opaque';
}

/** Whether what the gateway reads is what the application reads: another charset or a compressed body would not be. */
export function isReadable(x: Exchange): boolean {
  const { contentType } = x;
  if (contentType?.includes(';') === true) {
    for (const parameter of contentType.toLowerCase().split(';')) {
      const text = parameter.trim();
      if (text.startsWith('charset=') && !/^charset="?(utf-8|utf8|us-ascii)"?$/.test(text)) return false;
    }
  }
  const encoding = headerOf(x, 'content-encoding');
  return encoding === null || encoding.toLowerCase() === 'identity';
}

/** The value of a header field that goes upstream; null when it did not come. `wanted` in lower case. */
export function headerOf(x: Exchange, wanted: string): string | null {
  const headers = x.upstreamHeaders;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (name.length === wanted.length && name.toLowerCase() === wanted) return headers[i + 1] ?? '';
  }
  return null;
}
