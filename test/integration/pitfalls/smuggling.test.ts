import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startUpstream } from '../../fixtures/upstream.ts';
import { sendRaw, statusesOf } from '../gateway/raw.ts';
import { startGateway } from '../gateway/start-gateway.ts';

/**
 * Request smuggling (llhttp CVE-2022-32213, CVE-2022-32215, CVE-2022-35256, CVE-2024-27982 and their kin): what follows an unclear
 * request on its connection is never read as a request.
 */
type Case = { name: string; raw: string; status?: number; reaches?: number };
const cases = parse(readFileSync(join(import.meta.dirname, 'testdata/smuggling.yaml'), 'utf8')) as Case[];

const HOST = 'Host: a\r\n';
const FOLLOWING = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`;

describe('request smuggling', () => {
  it('has all its cases', () => expect(cases).toHaveLength(86));

  it.each(cases)('$name', async ({ raw, status = 400, reaches = 0 }) => {
    const upstream = await startUpstream((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    const gateway = await startGateway({
      services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
    });
    const text = raw.replaceAll('{H}', HOST).replaceAll('{64k}', 'x'.repeat(65_536));
    const reply = await sendRaw(gateway.port, Buffer.from(text + FOLLOWING, 'latin1'), 120);
    expect(statusesOf(reply.text)[0]).toBe(status);
    expect(upstream.requests).toHaveLength(reaches);
    // A request that was refused as unclear is the last one of its connection.
    if (reaches === 0) {
      expect(statusesOf(reply.text)).toHaveLength(1);
      expect(reply.closed).toBe(true);
    }
  });
});
