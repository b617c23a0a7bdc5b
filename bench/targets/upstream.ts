import { freePort } from '../../test/fixtures/free-port.ts';
import { startNginx } from './nginx-process.ts';
import { ANSWER } from './shop.ts';

/** The API behind every target: nginx that answers a constant, in a process of its own, cheap beside all that is measured. */
export async function startUpstream(folder: string): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const program = await startNginx(
    folder,
    port,
    `  access_log off;
  server {
    listen 127.0.0.1:${port};
    location / { return 200 '${ANSWER}'; }
  }`,
  );
  return { port, stop: program.stop };
}
