import type { AttackEvidence } from '../../contracts/events/gateway-event.ts';
import type { SnapshotAttackFilter } from '../../contracts/snapshot/snapshot-attack-filter.ts';
import type { Charge, InspectedRequest } from '../../detection/index.ts';
import { evidenceOf } from '../attacks/evidence.ts';
import { KnownPlaces } from '../attacks/known-places.ts';
import { createRequestInspector, type RequestInspector } from '../attacks/request-inspector.ts';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { mediaTypeOf } from '../validation/media-type.ts';
import type { Policy } from './policy.ts';
import { type Patience, readBodyWithin } from './read-body.ts';

/**
 * Does it try to make the application do something else? Path, query, headers, cookies and body are held against what attacks
 * look like (src/detection). What goes upstream is unchanged, byte for byte. The caller never learns what was found.
 */
export const attackFilter: Policy = {
  id: 'attack-filter',
  isQuiet: true,
  modeOf: (route) => (route.mode === 'enforce' ? (route.attackFilter?.mode ?? 'off') : route.mode),
  create({ attackFilter: filter, mode }) {
    if (filter === null || filter.mode === 'off') return null;
    const judge = new RouteJudge(filter);
    const watches = mode !== 'enforce' || filter.mode !== 'enforce';
    const patience: Patience = { bytes: filter.maxBodyBytes, ms: watches ? WATCHING_WAITS_MS : null };
    return (x) => {
      const hasBody = x.body === null ? x.contentLength > 0 || x.chunked : x.body.length > 0;
      if (!hasBody || !canCarryText(x)) return judge.judge(x, null, null);
      if (x.body !== null && x.body.length <= filter.maxBodyBytes) return judge.judge(x, x.body, null);
      return withBody(x, judge, patience);
    };
  },
};

/** Who only watches must not hold up a body that arrives bit by bit while the application answers already. */
const WATCHING_WAITS_MS = 250;

async function withBody(x: Exchange, judge: RouteJudge, patience: Patience): Promise<Refusal | null> {
  if (x.contentLength > patience.bytes || x.body !== null) return judge.judge(x, null, TOO_LARGE);
  // An application that has read the body before the gateway saw it has taken it for what it is.
  if (x.inside && x.request.readableDidRead) return judge.judge(x, null, 'the body was read before');
  const body = await readBodyWithin(x, patience);
  if (body === 'too-large') return judge.judge(x, null, TOO_LARGE);
  if (body === 'too-slow') return judge.judge(x, null, 'the body came too slowly to be inspected while only watching');
  return Buffer.isBuffer(body) ? judge.judge(x, body, null) : body;
}

const TOO_LARGE = 'the body is larger than is inspected';

/** Pictures, films, archives and programs are not read; a body that does not say what it is may be anything. */
function canCarryText({ contentType }: Exchange): boolean {
  return !BINARY.test(mediaTypeOf(contentType));
}

const BINARY =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/)|^application\/(?:octet-stream|pdf|zip|gzip|x-tar|x-7z-compressed|wasm|grpc|protobuf|x-protobuf|msgpack|vnd\.(?:ms-|openxml))/;

class RouteJudge {
  readonly #inspect: RequestInspector;
  readonly #refuses: boolean;
  readonly #places = new KnownPlaces();

  constructor(filter: SnapshotAttackFilter) {
    this.#inspect = createRequestInspector(filter);
    this.#refuses = filter.whenIncomplete === 'refuse';
  }

  /** `unread`: why the body was not looked at; null where it was, or where there is none. */
  judge(x: Exchange, body: Buffer | null, unread: string | null): Refusal | null {
    const { verdict, excused } = this.#inspect(inspected(x, body), x.time);
    if (verdict.attack) {
      const charges = verdict.charges.filter(({ excluded }) => !excluded);
      return { code: 'attack-detected', ...this.#said(evidence(verdict, charges, unread)) };
    }
    if (excused) {
      const charges = verdict.charges.filter(({ excluded }) => excluded);
      note(x, { decision: 'excepted', code: 'attack-detected', ...this.#said(evidence(verdict, charges, unread)) });
    }
    if (unread === null && verdict.complete) return null;
    const detail = unread ?? 'the request is more than is inspected';
    if (this.#refuses) return { code: 'inspection-incomplete', detail };
    if (!excused) note(x, { decision: 'noticed', code: 'inspection-incomplete', detail });
    return null;
  }

  /** "query.q: sqli; header.user-agent: scanner", and the same places by themselves. */
  #said(attack: AttackEvidence): { detail: string; places: string[]; attack: AttackEvidence } {
    const named = attack.charges.map(({ place, kind }) => ({ place: this.#places.nameOf(place), kind }));
    return {
      detail: [...new Set(named.map(({ place, kind }) => `${place}: ${kind}`))].join('; '),
      places: [...new Set(named.map(({ place }) => place))],
      attack,
    };
  }
}

function inspected(x: Exchange, body: Buffer | null): InspectedRequest {
  const url = x.request.url ?? '';
  // In absolute form the target names the host as well (RFC 9112 §3.2.2).
  const target = url.charCodeAt(0) === SLASH ? url : x.path + x.query;
  return { method: x.method, target, headers: x.request.rawHeaders, body };
}

const SLASH = 0x2f;

function evidence(verdict: { score: number; complete: boolean }, charges: readonly Charge[], unread: string | null) {
  return evidenceOf({ score: verdict.score, complete: verdict.complete && unread === null }, charges);
}

function note(x: Exchange, said: { decision: 'excepted' | 'noticed'; code: string; detail: string }): void {
  x.spoken ??= [];
  x.spoken.push({ policy: 'attack-filter', ...said });
}
