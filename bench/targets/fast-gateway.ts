import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../../scripts/bootstrap/npm.mjs';
import { hashApiKey } from '../../src/platform/api-key.ts';
import { freePort } from '../../test/fixtures/free-port.ts';
import { removeFolder, startProgram, temporaryFolder } from '../processes.ts';
import { countLines } from './count-lines.ts';
import { GET_PATH, KEY } from './shop.ts';
import { NotAvailable, type Target, untilAnswers } from './target.ts';

const PROGRAM = fileURLToPath(new URL('../peers/fast-gateway.ts', import.meta.url));

/** The newest first; 5.0.1 asks for a version of a package that was never published. */
const VERSIONS = ['5.0.1', '3.4.7'];

/** A gateway framework on Node.js; installed into a temporary folder at each run, as the product does not need it. */
export const fastGateway: Target = {
  id: 'fast-gateway',
  label: 'fast-gateway, same jobs',
  async start(upstreamPort) {
    const folder = temporaryFolder();
    const version = await install(folder);
    const port = await freePort();
    const log = join(folder, 'access.log');
    const upstream = `http://127.0.0.1:${upstreamPort}`;
    const args = [PROGRAM, folder, String(port), upstream, GET_PATH.replace(/\/$/, ''), hashApiKey(KEY), log];
    const program = await startProgram(process.execPath, args);
    await untilAnswers(`http://127.0.0.1:${port}/`, program);
    return {
      label: `fast-gateway ${version}, same jobs`,
      port,
      pids: [program.pid],
      recorded: () => countLines(log),
      async stop() {
        await program.stop();
        removeFolder(folder);
      },
    };
  },
};

async function install(folder: string): Promise<string> {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const reasons: string[] = [];
  for (const version of VERSIONS) {
    const outcome = await npm(['install', '--ignore-scripts', `fast-gateway@${version}`], folder);
    if (outcome.code === 0) return version;
    reasons.push(`${version}: ${/No matching version found for \S+|E[A-Z]{4,}/.exec(outcome.output)?.[0] ?? 'failed'}`);
  }
  throw new NotAvailable(`not installable (${reasons.join('; ')})`);
}
