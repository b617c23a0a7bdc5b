import type { Exchange } from '../exchange.ts';
import { pushForeignCredentials } from '../policies/authenticate/credentials.ts';
import { askForPlainContent } from '../proxy/request-headers.ts';

/** What Node has read the request by, and the application may ask about. Only in this very spelling. */
const FRAMING = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'te',
  'trailer',
]);

/**
 * Leaves of the request's head what an upstream would have got of it: no credential of ours, no identity header in any spelling,
 * no word about addresses unless a trusted proxy has said it. Changes `url`, `headers`, `headersDistinct` and `rawHeaders`.
 */
export function cleanRequest(x: Exchange): void {
  const { request } = x;
  const list = x.upstreamHeaders;
  if (x.route !== null && x.route.answerSteps.length > 0) askForPlainContent(list);
  pushForeignCredentials(x, list);
  const { rawHeaders } = request;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const lower = name.toLowerCase();
    if (FRAMING.has(lower) || (x.proxy !== null && lower.startsWith('x-forwarded-'))) {
      list.push(name, rawHeaders[i + 1] ?? '');
    }
  }
  list.push('X-Request-Id', x.id);
  const kept = new Map<string, string>();
  for (let i = 0; i < list.length; i += 2) kept.set((list[i] ?? '').toLowerCase(), list[i + 1] ?? '');
  // Both are worked out by Node when they are first asked for, from the list that changes below.
  const { headers } = request;
  const headersDistinct = distinctOf(request);
  for (const name of Object.keys(headers)) if (!kept.has(name)) delete headers[name];
  for (const name of Object.keys(headersDistinct)) if (!kept.has(name)) delete headersDistinct[name];
  replaced(request, 'x-request-id', x.id);
  if (headers['accept-encoding'] !== undefined) {
    replaced(request, 'accept-encoding', kept.get('accept-encoding') ?? 'identity');
  }
  rawHeaders.splice(0, rawHeaders.length, ...list);
  // One reading of the target for whoever routes after us: an absolute one has lost its authority.
  const target = x.path + x.query;
  if (request.url !== target) request.url = target;
}

function replaced(request: Exchange['request'], name: string, value: string): void {
  request.headers[name] = value;
  distinctOf(request)[name] = [value];
}

/** Requests that were made up for a test of the application may lack it. */
function distinctOf(request: { headersDistinct?: NodeJS.Dict<string[]> }): NodeJS.Dict<string[]> {
  return request.headersDistinct ?? {};
}
