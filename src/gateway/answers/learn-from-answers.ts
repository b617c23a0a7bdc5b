import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { AnswerStep, Exchange } from '../exchange.ts';
import { askingCaller } from '../ownership/asking-caller.ts';
import type { PolicyContext } from '../policies/policy.ts';
import type { Answer } from './answer.ts';
import { createdIds, listedIds } from './ids-in-answers.ts';

/** Learns whose is what was created or listed; null on routes whose answers hold no ids that matter. Changes nothing. */
export function learnFromAnswers(route: SnapshotRoute, context: PolicyContext): AnswerStep | null {
  const { learning } = route;
  if (learning === null || learning.lists === null || route.auth.length === 0) return null;
  const { lists, periodMs } = learning;
  const learnt = context.owners.open();
  const resource = learnt.resource(`${route.service} ${lists.resource}`);
  const callerOf = askingCaller(learning, learnt.tags);
  // Under /customers/{customerId}/orders an order's id has the customer's before it.
  const above = (x: Exchange): string => (x.params ?? []).map((param) => `${param}/`).join('');
  return {
    policy: 'learnt-ownership',
    enforce: false,
    needsWhole: false,
    wants: ({ status, isJson, isEncoded, headers }: Answer) =>
      (status === 200 || status === 201) && !isEncoded && (isJson || headers.location !== undefined),
    judge(x, answer) {
      const caller = callerOf(x);
      if (caller === null) return null;
      const value = answer.json?.value;
      if (x.method === 'GET') {
        const ids = listedIds(value, lists.names).map((id) => above(x) + id);
        if (ids.length > 0) learnt.listed(resource, caller, ids, x.time, periodMs);
      } else if (x.method === 'POST') {
        const ids = createdIds(value, lists.names, answer.headers.location).map((id) => above(x) + id);
        if (ids.length > 0) learnt.created(resource, caller, ids, x.time);
      }
      return null;
    },
    readPieces: null,
  };
}
