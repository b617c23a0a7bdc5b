import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../scripts/bootstrap/system-packages.mjs';
import { hashApiKey } from '../../src/platform/api-key.ts';
import { freePort } from '../../test/fixtures/free-port.ts';
import { processTree } from '../measure/accounting.ts';
import { removeFolder, startProgram, temporaryFolder } from '../processes.ts';
import { countLines } from './count-lines.ts';
import { CONSUMER, GET_PATH, KEY, POST_PATH } from './shop.ts';
import { NotAvailable, type Target, untilAnswers } from './target.ts';

/**
 * HAProxy as Debian ships it, on one thread like the others, with the same jobs: hashed key, limits in stick tables, a JSON
 * line for each request, written to a file as its standard output after the answer has left.
 */
export const haproxy: Target = {
  id: 'haproxy',
  label: 'HAProxy, same jobs',
  async start(upstreamPort) {
    const path = findProgram('haproxy');
    if (path === undefined) throw new NotAvailable('HAProxy is not installed');
    const folder = temporaryFolder();
    const port = await freePort();
    const log = join(folder, 'access.log');
    const file = join(folder, 'haproxy.cfg');
    const keys = join(folder, 'keys.map');
    writeFileSync(keys, `${hashApiKey(KEY)} ${CONSUMER}\n`);
    writeFileSync(file, config(port, upstreamPort, keys));
    const output = openSync(log, 'a');
    const program = await startProgram(path, ['-db', '-f', file], { stdio: ['ignore', output, 'pipe'] });
    closeSync(output);
    await untilAnswers(`http://127.0.0.1:${port}/`, program);
    const atStart = await countLines(log);
    return {
      port,
      pids: processTree(program.pid),
      recorded: async () => (await countLines(log)) - atStart,
      async stop() {
        await program.stop();
        removeFolder(folder);
      },
    };
  },
};

const RECORD = [
  '{"type":"request","id":"%ID","time":"%[date,utime(%Y-%m-%dT%H:%M:%SZ)]","service":"shop","route":"%[var(txn.route)]",',
  '"method":"%HM","path":"%HPO","status":%ST,"consumer":"%[var(txn.consumer)]","key":"k1","address":"%ci","bytesIn":%U,',
  '"bytesOut":%B,"durationMs":%Ta,"upstreamMs":%Tr,"revision":1}',
].join('');

function problem(status: number, title: string, code: string, more = ''): string {
  const body = `{"title":"${title}","status":${status},"code":"${code}","reference":"%[unique-id]"}`;
  return `http-request return status ${status} content-type application/problem+json lf-string '${body}' hdr X-Request-Id '%[unique-id]'${more}`;
}

function config(port: number, upstreamPort: number, keys: string): string {
  const unauthorised = problem(401, 'No key was sent', 'key-missing', ` hdr WWW-Authenticate 'Bearer realm="api"'`);
  return `global
  nbthread 1
  maxconn 2000
  log stdout format raw local0
defaults
  mode http
  log global
  timeout connect 3s
  timeout client 30s
  timeout server 30s
  http-reuse always
frontend shop
  bind 127.0.0.1:${port}
  unique-id-format %[uuid()]
  unique-id-header X-Request-Id
  log-format '${RECORD}'
  http-request set-var-fmt(txn.route) 'GET ${GET_PATH}{customerId}' if { path_beg ${GET_PATH} }
  http-request set-var-fmt(txn.route) 'POST ${POST_PATH}' if { path ${POST_PATH} }
  ${problem(404, 'No such route', 'route-unknown')} if !{ var(txn.route) -m found }
  http-request track-sc0 src table addresses
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt 1000000 }
  http-request set-var(txn.consumer) req.hdr(x-api-key),sha2(256),hex,lower,map(${keys})
  ${unauthorised} if !{ var(txn.consumer) -m found }
  http-request track-sc1 var(txn.consumer) table consumers
  http-request deny deny_status 429 if { sc_http_req_rate(1) gt 1000000 }
  http-request del-header X-API-Key
  http-request set-header X-Nightlatch-Consumer %[var(txn.consumer)]
  http-request set-header X-Nightlatch-Route %[var(txn.route)]
  http-request set-header X-Forwarded-For %[src]
  http-response set-header X-Request-Id %[unique-id]
  default_backend upstream
backend addresses
  stick-table type ip size 100k expire 60s store http_req_rate(10s)
backend consumers
  stick-table type string len 64 size 100k expire 60s store http_req_rate(10s)
backend upstream
  server shop 127.0.0.1:${upstreamPort}
`;
}
