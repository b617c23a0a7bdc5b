import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';

export type PacedOptions = {
  path: string;
  headers: Record<string, string>;
  perSecond: number;
  seconds: number;
  connections: number;
  /** Address of this machine to call from; left out: the system chooses. */
  localAddress?: string;
};

export type PacedResult = {
  sent: number;
  /** What did not end in a whole answer with status 200, by reason. */
  failures: ReadonlyMap<string, number>;
  /** From the moment a request was due, so that a stall counts for all that it kept waiting; rising order, in ms. */
  latenciesMs: readonly number[];
};

const TICK_MS = 2;

/** Sends requests at a steady pace, whatever becomes of the ones before. */
export async function sendPaced(origin: string, options: PacedOptions): Promise<PacedResult> {
  const from = options.localAddress === undefined ? {} : { localAddress: options.localAddress };
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1, ...from });
  const failures = new Map<string, number>();
  const latenciesMs: number[] = [];
  const underWay = new Set<Promise<void>>();
  const fail = (reason: string): void => void failures.set(reason, (failures.get(reason) ?? 0) + 1);
  const send = async (due: number): Promise<void> => {
    try {
      const { statusCode, body } = await pool.request({ method: 'GET', path: options.path, headers: options.headers });
      await body.text();
      if (statusCode !== 200) fail(`status ${statusCode}`);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
    latenciesMs.push(performance.now() - due);
  };
  const begun = performance.now();
  const total = options.perSecond * options.seconds;
  for (let sent = 0; sent < total; ) {
    const dueByNow = Math.min(total, Math.floor(((performance.now() - begun) * options.perSecond) / 1000));
    for (; sent < dueByNow; sent++) {
      const request = send(begun + (sent * 1000) / options.perSecond).finally(() => underWay.delete(request));
      underWay.add(request);
    }
    await wait(TICK_MS);
  }
  await Promise.all(underWay);
  await pool.close();
  return { sent: total, failures, latenciesMs: latenciesMs.toSorted((a, b) => a - b) };
}
