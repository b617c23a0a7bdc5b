import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram } from '../../scripts/bootstrap/system-packages.mjs';
import { freePort } from '../../test/fixtures/free-port.ts';
import { processTree } from '../measure/accounting.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { startNginx } from './nginx-process.ts';
import { NotAvailable, type Target } from './target.ts';

/**
 * nginx with libmodsecurity and the OWASP Core Rule Set as Debian ships them, at their first paranoia level, looking at requests
 * alone and keeping no record: less than the gateway does beside its filter.
 */
export const modsecurity: Target = {
  id: 'modsecurity',
  label: 'nginx, libmodsecurity, CRS 3.3',
  async start(upstreamPort) {
    const module = findProgram('modsecurity');
    const rules = findProgram('crs');
    if (module === undefined || rules === undefined)
      throw new NotAvailable('libmodsecurity or its rules are not installed');
    const folder = temporaryFolder();
    const port = await freePort();
    const settings = join(folder, 'modsecurity.conf');
    writeFileSync(
      settings,
      `Include /etc/nginx/modsecurity.conf
Include /etc/modsecurity/crs/crs-setup.conf
Include ${join(dirname(rules), 'rules')}/*.conf
SecRuleEngine On
SecAuditEngine Off
SecResponseBodyAccess Off
`,
    );
    const program = await startNginx(folder, port, config(port, upstreamPort, settings), [module]);
    return {
      port,
      pids: processTree(program.pid),
      recorded: null,
      async stop() {
        await program.stop();
        removeFolder(folder);
      },
    };
  },
};

function config(port: number, upstreamPort: number, settings: string): string {
  return `  access_log off;
  large_client_header_buffers 8 64k;
  client_max_body_size 4m;
  upstream shop { server 127.0.0.1:${upstreamPort}; keepalive 64; keepalive_requests 1000000000; }
  modsecurity on;
  modsecurity_rules_file ${settings};
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://shop;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }`;
}
