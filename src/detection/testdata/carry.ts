import type { InspectedRequest } from '../index.ts';

export type Carrier =
  | 'query'
  | 'json'
  | 'form'
  | 'header'
  | 'cookie'
  | 'path'
  | 'name'
  | 'json-name'
  | 'multipart'
  | 'xml';

const HEADERS = [
  'Host',
  'api.example',
  'User-Agent',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
];

/** A request that carries the text as its application will read it: encoded as its place asks, and not more. */
export function carry(text: string, carrier: Carrier): InspectedRequest {
  const get = (target: string, headers: string[] = []) => ({
    method: 'GET',
    target,
    headers: [...HEADERS, ...headers],
    body: null,
  });
  const post = (type: string, body: string) => ({
    method: 'POST',
    target: '/api/items',
    headers: [...HEADERS, 'Content-Type', type],
    body: Buffer.from(body),
  });
  switch (carrier) {
    case 'query':
      return get(`/api/items?page=2&q=${encodeURIComponent(text)}`);
    case 'name':
      return get(`/api/items?page=2&${encodeURIComponent(text)}=1`);
    case 'path':
      return get(`/api/items/${encodeURIComponent(text)}`);
    case 'header':
      return get('/api/items', ['X-Note', text]);
    case 'cookie':
      return get('/api/items', ['Cookie', `theme=dark; note=${encodeURIComponent(text)}`]);
    case 'json':
      return post('application/json', JSON.stringify({ id: 17, items: [{ note: text }] }));
    case 'json-name':
      return post('application/json', JSON.stringify({ id: 17, [text]: 1 }));
    case 'form':
      return post('application/x-www-form-urlencoded', `id=17&note=${encodeURIComponent(text)}`);
    case 'xml':
      return post(
        'application/xml',
        `<order><id>17</id><note>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</note></order>`,
      );
    case 'multipart':
      return post(
        'multipart/form-data; boundary=edge',
        `--edge\r\nContent-Disposition: form-data; name="note"\r\n\r\n${text}\r\n--edge--\r\n`,
      );
  }
}
