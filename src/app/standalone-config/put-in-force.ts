import { chmodSync, copyFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { probeUpstream } from '../../modules/inventory/index.ts';
import { AppError } from '../../platform/app-error.ts';
import { digestOf, isRunning, readState, type StandaloneState } from '../gateway-role/standalone-state.ts';

type Swap = { text: string; old: string; before: GatewaySnapshot; after: GatewaySnapshot; probe: boolean };

const TAKEN_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;

/**
 * Writes the new text in the place of the old one; a running gateway notices it by itself. Waits until it has taken it over, is
 * ready, and each service that moved answers; else the old text is put back. Answers whether a gateway runs.
 */
export async function putInForce(dataDir: string, state: StandaloneState, swap: Swap): Promise<boolean> {
  replaceFile(state.configFile, swap.text);
  if (!isRunning(state)) return false;
  const wrong =
    (await notTaken(dataDir, swap.text, state.reads)) ??
    (await notReady(state)) ??
    (swap.probe ? await silent(swap) : null);
  if (wrong === null) return true;
  const { reads } = readState(dataDir) ?? state;
  replaceFile(state.configFile, swap.old);
  const back = await notTaken(dataDir, swap.old, reads);
  throw new AppError('config-gone-back', wrong.message, {
    ...(wrong.faults === undefined ? {} : { faults: wrong.faults }),
    next:
      back === null
        ? 'What was in force before is in force again. Correct the cause and put it in force once more.'
        : `What was there before is in its place again, but the gateway does not say that it runs it: ${back.message}`,
  });
}

type Wrong = { message: string; faults?: { place: string; message: string }[] };

/** `reads`: how often the gateway had read the file before it was replaced, as it may have refused the same text once. */
async function notTaken(dataDir: string, text: string, reads: number): Promise<Wrong | null> {
  const wanted = digestOf(text);
  for (const until = performance.now() + TAKEN_WITHIN_MS; performance.now() < until; await wait(LOOK_EVERY_MS)) {
    const state = readState(dataDir);
    const isNews = state !== null && state.reads > reads;
    if (isNews && state.refused?.digest === wanted) return state.refused;
    if (isNews && state.applied.digest === wanted) return null;
    if (state !== null && !isRunning(state)) return { message: 'The gateway ended while it took the file over.' };
  }
  return { message: 'The gateway has not taken the file over within 15 seconds.' };
}

async function notReady({ admin }: StandaloneState): Promise<Wrong | null> {
  if (admin === null) return null;
  try {
    const answer = await fetch(`${admin}/readyz`, { signal: AbortSignal.timeout(5_000) });
    return answer.ok ? null : { message: `The gateway is not ready (/readyz answers ${answer.status}).` };
  } catch {
    return { message: 'The gateway does not answer on its admin address.' };
  }
}

async function silent({ before, after }: Swap): Promise<Wrong | null> {
  const known = new Set(before.services.map((service) => service.upstream));
  for (const { name, upstream } of after.services) {
    if (known.has(upstream)) continue;
    const look = await probeUpstream(upstream);
    if (look.reachable) continue;
    return { message: `The service "${name}" does not answer at ${new URL(upstream).origin} (${look.code}).` };
  }
  return null;
}

/** As a whole, with the rights that the file has. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  const { mode } = statSync(file);
  try {
    writeFileSync(draft, text, { mode: mode & 0o777, flush: true });
    chmodSync(draft, mode & 0o777);
    renameSync(draft, file);
  } catch (error) {
    // A file that is mounted by itself, as into a container, cannot be replaced but written.
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
    copyFileSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
