import { fileURLToPath } from 'node:url';
import { freePort } from '../../test/fixtures/free-port.ts';
import { startProgram } from '../processes.ts';
import { type Target, untilAnswers } from './target.ts';

const PROGRAM = fileURLToPath(new URL('../peers/bare-loop.ts', import.meta.url));

/** The yardstick: see `peers/bare-loop.ts`. It protects and records nothing. */
export const bareLoop: Target = {
  id: 'bare-loop',
  label: 'bare node:http + undici loop',
  async start(upstreamPort) {
    const port = await freePort();
    const upstream = `http://127.0.0.1:${upstreamPort}`;
    const program = await startProgram(process.execPath, [PROGRAM, String(port), upstream]);
    await untilAnswers(`http://127.0.0.1:${port}/`, program, 200);
    return { port, pids: [program.pid], recorded: null, stop: program.stop };
  },
};
