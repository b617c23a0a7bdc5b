import type { SnapshotLearning } from '../../contracts/snapshot/snapshot-ownership.ts';
import type { Exchange, Settling } from '../exchange.ts';
import { askingCaller } from '../ownership/asking-caller.ts';
import type { ForeignAsk, LearntOwnership } from '../ownership/learnt-ownership.ts';
import type { Resource } from '../ownership/resource.ts';
import type { Refusal } from '../refusal.ts';
import type { Policy } from './policy.ts';

/**
 * Is it the caller's own, as far as was learnt? Notices who asks for one id of others after another. What is not known to be the
 * caller's is remembered on the exchange until the application has answered.
 */
export const learntOwnership: Policy = {
  id: 'learnt-ownership',
  isQuiet: true,
  modeOf: (route) => (route.mode === 'enforce' ? (route.learning?.mode ?? 'off') : route.mode),
  create(route, context) {
    const { learning } = route;
    if (learning === null || learning.ids.length === 0) return null;
    const learnt = context.owners.open();
    const callerOf = askingCaller(learning, learnt.tags);
    const ids = learning.ids.map(({ resource, index }) => ({
      resource: learnt.resource(`${route.service} ${resource}`),
      index,
    }));
    return (x) => {
      const caller = callerOf(x);
      return caller === null ? null : judge(x, caller, learning, learnt, ids);
    };
  },
};

type Ids = readonly { readonly resource: Resource; readonly index: number }[];

function judge(
  x: Exchange,
  caller: number,
  learning: SnapshotLearning,
  learnt: LearntOwnership,
  ids: Ids,
): Refusal | null {
  for (const { resource, index } of ids) {
    const ask = learnt.ask(resource, caller, idAt(x.params, index), x.time, learning.periodMs);
    if (ask === null) continue;
    x.settling = new PendingAsk(learnt, ask, x.settling);
    if (ask.word === 'reads-all-learnt') noteReader(x);
    else if (ask.word !== null) return REFUSALS[ask.word];
  }
  return null;
}

const REFUSALS: Readonly<Record<'id-walking' | 'not-owner-learnt', Refusal>> = {
  'id-walking': { code: 'id-walking', detail: 'many ids that are not its own, one after another' },
  'not-owner-learnt': { code: 'not-owner-learnt', detail: 'many ids that others were seen with' },
};

/** The id with those above it: order 7 of customer 1 is another one than order 7 of customer 2. */
function idAt(params: readonly string[] | null, index: number): string {
  if (params === null) return '';
  return index === 0 ? (params[0] ?? '') : params.slice(0, index + 1).join('/');
}

/** From here on this caller is taken for one that may read everybody's: the owner has to be able to see that. */
function noteReader(x: Exchange): void {
  x.spoken ??= [];
  x.spoken.push({ policy: 'learnt-ownership', decision: 'allow', code: 'reads-all-learnt' });
}

/** What is learnt from the answer's status. */
class PendingAsk implements Settling {
  readonly #learnt: LearntOwnership;
  readonly #ask: ForeignAsk;
  readonly #before: Settling | null;

  constructor(learnt: LearntOwnership, ask: ForeignAsk, before: Settling | null) {
    this.#learnt = learnt;
    this.#ask = ask;
    this.#before = before;
  }

  settle(x: Exchange): void {
    this.#before?.settle(x);
    // Refused here: the application was not asked.
    if (x.code !== null) return;
    if (x.status >= 200 && x.status < 300) this.#learnt.settle(this.#ask, 'given', x.time);
    else if (MISSED.has(x.status)) this.#learnt.settle(this.#ask, 'missed', x.time);
  }
}

const MISSED = new Set([401, 403, 404, 410]);
