import { join } from 'node:path';
import { freePort } from '../../test/fixtures/free-port.ts';
import { processTree } from '../measure/accounting.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { countLines } from './count-lines.ts';
import { startNginx } from './nginx-process.ts';
import { CONSUMER, GET_PATH, KEY, POST_PATH } from './shop.ts';
import type { Target } from './target.ts';

/**
 * nginx as Debian ships it, with the same jobs as far as it can do them: it compares keys in clear (it cannot hash), tells
 * nobody what is left of a limit, and writes its line after the answer has left.
 */
export const nginx: Target = {
  id: 'nginx',
  label: 'nginx, same jobs',
  async start(upstreamPort) {
    const folder = temporaryFolder();
    const port = await freePort();
    const log = join(folder, 'access.log');
    const program = await startNginx(folder, port, config(port, upstreamPort, log));
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

function config(port: number, upstreamPort: number, log: string): string {
  return `  log_format record escape=json '{"type":"request","id":"$request_id","time":"$time_iso8601","service":"shop",'
    '"route":"$route","method":"$request_method","path":"$uri","status":$status,"consumer":"$consumer","key":"k1",'
    '"address":"$remote_addr","bytesIn":"$content_length","bytesOut":$body_bytes_sent,"durationMs":$request_time,'
    '"upstreamMs":"$upstream_response_time","revision":1}';
  access_log ${log} record;
  map_hash_bucket_size 128;
  map $http_x_api_key $consumer { default ""; "${KEY}" "${CONSUMER}"; }
  limit_req_zone $consumer zone=consumers:10m rate=100000r/s;
  limit_req_zone $binary_remote_addr zone=addresses:10m rate=100000r/s;
  limit_req_status 429;
  upstream shop { server 127.0.0.1:${upstreamPort}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port};
    add_header X-Request-Id $request_id always;
    set $route "";
    location / { default_type application/problem+json; return 404 '{"title":"No such route","status":404,"code":"route-unknown","reference":"$request_id"}'; }
    location ${GET_PATH} { set $route "GET ${GET_PATH}{customerId}"; ${checks()} }
    location = ${POST_PATH} { set $route "POST ${POST_PATH}"; ${checks()} }
  }`;
}

function checks(): string {
  return `
      if ($consumer = "") { return 401 '{"title":"No key was sent","status":401,"code":"key-missing","reference":"$request_id"}'; }
      limit_req zone=addresses burst=100000 nodelay;
      limit_req zone=consumers burst=100000 nodelay;
      proxy_pass http://shop;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header X-API-Key "";
      proxy_set_header X-Nightlatch-Consumer $consumer;
      proxy_set_header X-Nightlatch-Route $route;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Request-Id $request_id;
   `;
}
