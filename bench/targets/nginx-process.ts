import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../scripts/bootstrap/system-packages.mjs';
import { type Program, startProgram } from '../processes.ts';
import { NotAvailable, untilAnswers } from './target.ts';

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/**
 * Starts nginx with one worker and the given contents of its `http` block; everything it writes stays in `folder`. `modules` are
 * loaded first.
 */
export async function startNginx(
  folder: string,
  port: number,
  http: string,
  modules: readonly string[] = [],
): Promise<Program> {
  const nginx = findProgram('nginx');
  if (nginx === undefined) throw new NotAvailable('nginx is not installed');
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'nginx.conf');
  const temporary = TEMPORARY.map((name) => `  ${name}_temp_path ${join(folder, name)};`).join('\n');
  writeFileSync(
    config,
    `${modules.map((module) => `load_module ${module};\n`).join('')}daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log stderr error;
events { worker_connections 1024; }
http {
${temporary}
  keepalive_requests 1000000000;
  default_type application/json;
  server_tokens off;
${http}
}
`,
  );
  const program = await startProgram(nginx, ['-p', folder, '-e', 'stderr', '-c', config]);
  await untilAnswers(`http://127.0.0.1:${port}/`, program);
  return program;
}
