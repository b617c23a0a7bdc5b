import type { Caller, callerFactory } from '../../caller.ts';

/**
 * One caller for several that were proved by the same request; null when they are not the same consumer. It holds the scopes that
 * all of them hold, and ends with the first of them. Attributes are put together; one that two of them give differently is left
 * out, so that whoever needs it refuses. The same callers give the same object: it is worked out once.
 */
export function agree(callers: readonly Caller[], makeCaller: ReturnType<typeof callerFactory>): Caller | null {
  const [first, ...others] = callers;
  if (first === undefined) return null;
  let together = first;
  for (const other of others) {
    if (other.consumer !== together.consumer) return null;
    together = joined(together, other, makeCaller);
  }
  return together;
}

const known = new WeakMap<Caller, WeakMap<Caller, Caller>>();

function joined(a: Caller, b: Caller, makeCaller: ReturnType<typeof callerFactory>): Caller {
  const ofA = known.get(a) ?? new WeakMap<Caller, Caller>();
  known.set(a, ofA);
  const before = ofA.get(b);
  if (before !== undefined) return before;
  // Who stands in the configuration is known by its own name in limits and in the record.
  const [main, side] = a.issuer === null ? [a, b] : [b, a];
  const made = makeCaller({
    consumer: main.consumer,
    keyId: main.keyId ?? side.keyId,
    user: main.user ?? side.user,
    issuer: main.issuer,
    via: main.via,
    credential: main.credential,
    parts: [...(a.parts ?? [a]), ...(b.parts ?? [b])],
    scopes: [...main.scopes].filter((scope) => side.scopes.has(scope)),
    attributes: agreeing(main.attributes, side.attributes),
    limitKey: main.limitKey,
    expiresAt: earlier(main.expiresAt, side.expiresAt),
    recordedAs: main.recordedAs,
  });
  ofA.set(b, made);
  return made;
}

function agreeing(a: Caller['attributes'], b: Caller['attributes']): Record<string, string> {
  const differ = (name: string) => Object.hasOwn(a, name) && Object.hasOwn(b, name) && a[name] !== b[name];
  return Object.fromEntries(Object.entries({ ...b, ...a }).filter(([name]) => !differ(name)));
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
