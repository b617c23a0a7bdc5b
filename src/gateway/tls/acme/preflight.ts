import { randomBytes } from 'node:crypto';
import { openGuarded } from '../../../platform/http/guarded-get.ts';
import type { Challenges } from './challenges.ts';

/** What stands in the way of a certificate for one name. `blocking`: the authority would see the same. */
export type Obstacle = { name: string; message: string; next: string; blocking: boolean };

const TIMEOUT_MS = 5_000;

/**
 * Looks from here whether each name leads to this gateway by plain HTTP, the way the authority will. Many routers do not let a
 * machine reach itself under its public name, so only a name that leads nowhere is sure to fail.
 */
export async function findObstacles(
  names: readonly string[],
  challenges: Challenges,
  port: number,
): Promise<Obstacle[]> {
  const token = randomBytes(16).toString('hex');
  const answer = randomBytes(16).toString('hex');
  const withdraw = challenges.offerHttp(token, answer);
  try {
    const found = await Promise.all(names.map((name) => lookAt(name, port, token, answer)));
    return found.filter((obstacle) => obstacle !== null);
  } finally {
    withdraw();
  }
}

async function lookAt(name: string, port: number, token: string, answer: string): Promise<Obstacle | null> {
  const agent = await openGuarded(new URL(`http://${name}:${port}`), {
    timeoutMs: TIMEOUT_MS,
    maxBytes: 1024,
    userAgent: 'Nightlatch',
  });
  if ('code' in agent) {
    return {
      name,
      blocking: true,
      message:
        agent.code === 'forbidden-address'
          ? `${name} leads to an address that no other machine can reach.`
          : `${name} does not lead anywhere: the DNS knows no address for it.`,
      next: 'Make a DNS entry (A or AAAA) with the public address of this machine, and wait until it can be seen.',
    };
  }
  try {
    const got = await agent.get(`/.well-known/acme-challenge/${token}`);
    if ('code' in got) {
      return {
        name,
        blocking: false,
        message: `${name} does not answer on port ${port} when asked from here (${got.code}).`,
        next: `Open port ${port} in the firewall and forward it to this machine; a router may only hide it from here.`,
      };
    }
    if (got.status === 200 && got.body.toString() === answer) return null;
    return {
      name,
      blocking: false,
      message: `${name} leads to something else than this gateway: it answers with ${got.status}.`,
      next: 'Let its DNS entry lead to the public address of this machine.',
    };
  } finally {
    await agent.close();
  }
}
