import type { SnapshotDrafts } from '../../contracts/snapshot/snapshot-drafts.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Exchange, Learner } from '../exchange.ts';
import type { Drafts } from './drafts.ts';
import { observeExchange, type SeenAnswer } from './observe-exchange.ts';
import { Sampler } from './sampler.ts';

/**
 * Learns what calls of one route and their answers look like. It changes nothing and stops nothing. Null where the path of the
 * route says too little to describe it.
 */
export function learnerStep(route: SnapshotRoute, setting: SnapshotDrafts, drafts: Drafts): Learner | null {
  if (route.path.includes('*') || route.mode === 'off') return null;
  const sampler = new Sampler(setting.perSecond);
  const names = [...route.path.matchAll(/\{([^{}/]*)\}/g)].map(([, name = '']) => name);
  const learn = (x: Exchange, answer: SeenAnswer): void => {
    if (x.route === null) return;
    const seen = observeExchange(x, x.route, names, answer, setting.maxBytes);
    if (seen !== null) drafts.add(seen);
  };
  return {
    policy: 'drafts',
    enforce: false,
    needsWhole: false,
    wants(answer, x) {
      const { status, mediaType } = answer;
      // What cannot be held would be marked as not looked at, and nobody relies on this.
      if (answer.isEncoded || answer.isStream || Number(answer.headers['content-length']) > setting.maxBytes)
        return false;
      if (!answer.isJson) learn(x, { status, type: mediaType, json: null });
      return answer.isJson;
    },
    sawNoContent(x, status) {
      learn(x, { status, type: null, json: null });
    },
    judge(x, answer) {
      const { status, body } = answer;
      if (body.length === 0) learn(x, { status, type: null, json: null });
      else if (body.length <= setting.maxBytes && answer.json !== null) {
        learn(x, { status, type: answer.mediaType, json: answer.json });
      }
      return null;
    },
    readPieces: null,
    due: (x, status) =>
      status >= 200 &&
      status < 300 &&
      sampler.take(x.upstreamStarted + x.upstreamMs) &&
      METHODS.has(x.method) &&
      !wasDoubted(x),
  };
}

/** Those that OpenAPI 3.1 knows, but for HEAD, whose answers show nothing. */
const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH']);

/**
 * A policy that only watches would have refused it. Not so the description itself: what does not fit it is what a new draft is
 * to show.
 */
function wasDoubted({ spoken }: Exchange): boolean {
  return (
    spoken?.some(
      ({ policy, decision }) => policy !== 'validate' && (decision === 'would-deny' || decision === 'excepted'),
    ) ?? false
  );
}
