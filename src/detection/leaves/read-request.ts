import type { LeafVisitor, Skimmer } from '../leaf.ts';
import type { InspectedRequest, ParsedRequest } from './parsed-request.ts';
import { readBody } from './read-body.ts';
import { readHeaders } from './read-headers.ts';
import { readPairs } from './read-pairs.ts';
import { readPath } from './read-path.ts';
import { Reading, root } from './reading.ts';

const QUERY = root('query');

/** Reads a request as the application will, and visits every text in it: path, query, headers, cookies, body. */
export function readRequest(
  request: InspectedRequest,
  mostBytes: number,
  visitorFor: (reading: () => Reading) => LeafVisitor,
  skim: Skimmer,
): ParsedRequest {
  const reading: Reading = new Reading(
    visitorFor(() => reading),
    skim,
  );
  const mark = request.target.indexOf('?');
  const path = mark === -1 ? request.target : request.target.slice(0, mark);
  const query = mark === -1 ? '' : request.target.slice(mark + 1);
  const headers: [string, string][] = [];
  let contentType: string | null = null;
  let contentEncoding: string | null = null;
  for (let i = 0; i < request.headers.length; i += 2) {
    const name = (request.headers[i] ?? '').toLowerCase();
    const value = request.headers[i + 1] ?? '';
    headers.push([name, value]);
    if (name === 'content-type') {
      if (contentType !== null) reading.note('content-type-twice', 'header.content-type', value);
      contentType ??= value;
    } else if (name === 'content-encoding') contentEncoding = value;
  }
  readPath(reading, path);
  if (query !== '') readPairs(reading, query, 'query', QUERY);
  readHeaders(reading, headers);
  const body =
    request.body === null || request.body.length === 0
      ? NO_BODY
      : readBody(reading, request.body, contentType, contentEncoding, mostBytes);
  return {
    method: request.method,
    path,
    query,
    headers,
    bodyFormat: body.format,
    body: body.text,
    graphql: reading.graphql,
    oddities: reading.oddities,
  };
}

const NO_BODY = { format: 'none', text: null } as const;
