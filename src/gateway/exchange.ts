import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PolicyDecision } from '../contracts/events/gateway-event.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotException } from '../contracts/snapshot/snapshot-exception.ts';
import type { SnapshotLoginProtection } from '../contracts/snapshot/snapshot-limits.ts';
import type { SnapshotServer } from '../contracts/snapshot/snapshot-server.ts';
import type { Gauge } from '../storage/counters/counters.ts';
import type { Answer } from './answers/answer.ts';
import type { AnswerHeaders } from './answers/answer-headers.ts';
import type { AnswerVerdict, PieceReader } from './answers/answer-verdict.ts';
import type { PersonalCounts } from './answers/guard/personal-data.ts';
import type { Caller, callerFactory } from './caller.ts';
import type { AddressFilter } from './listener/block-list.ts';
import type { Peer, TrustedProxies } from './listener/client-address.ts';
import type { HeaderRules } from './listener/header-rules.ts';
import type { OutboundCall, VendorsDoor } from './outbound/vendor.ts';
import type { Passwords } from './policies/authenticate/basic/passwords.ts';
import type { Tokens } from './policies/authenticate/jwt/tokens.ts';
import type { ClientCertificates } from './policies/authenticate/mtls/client-certificates.ts';
import type { Introspection } from './policies/authenticate/oauth2/introspection.ts';
import type { KeptHeader } from './policies/authenticate/verdict.ts';
import type { Webhook } from './policies/authenticate/webhook/compile-webhooks.ts';
import type { PendingDelivery } from './policies/authenticate/webhook/seen-deliveries.ts';
import type { Router } from './proxy/router.ts';
import type { ServiceUpstreams } from './proxy/service-upstreams.ts';
import type { Refusal } from './refusal.ts';
import type { StrictJson } from './validation/strict-json.ts';

/** The per-request part of a policy: null lets the request on. A promise is for what cannot be judged at once. */
export type PolicyFunction = (x: Exchange) => Refusal | null | Promise<Refusal | null>;

/** A policy as it stands in one route. A quiet one stands in the record only when it has something to say. */
export type Step = {
  readonly policy: string;
  readonly enforce: boolean;
  readonly isQuiet: boolean;
  readonly run: PolicyFunction;
};

/** Something that waits for the outcome of an exchange: `settle` is called once, right before it is recorded. */
export type Settling = { settle(x: Exchange): void };

/** One stage on the way back to the caller, as it stands in one route. Compiled once per route, like the policies. */
export type AnswerStep = {
  readonly policy: string;
  readonly enforce: boolean;
  /**
   * Whether an answer must be seen whole before a byte of it leaves. Such a step refuses what is too long for that or cannot be
   * read; without it long answers and streams go on and are read piece by piece.
   */
  readonly needsWhole: boolean;
  /** Whether it cares for this answer at all. */
  wants(answer: Answer, x: Exchange): boolean;
  judge(x: Exchange, answer: Answer): AnswerVerdict;
  /** For answers that cannot be held; null when the step has nothing to say about these. */
  readPieces: ((x: Exchange, answer: Answer) => PieceReader) | null;
};

/** Looks at a sample of a route's answers, after all others: `due` says whether this one is among them, and costs next to nothing. */
export type Learner = AnswerStep & {
  due(x: Exchange, status: number): boolean;
  /** Told of an answer that never has content. */
  sawNoContent(x: Exchange, status: number): void;
};

/** A route with everything about it worked out: what a request needs is a field away. */
export type CompiledRoute = {
  readonly id: string;
  readonly service: string;
  readonly path: string;
  readonly methods: readonly string[];
  readonly hostnames: readonly string[];
  readonly bodyLimitBytes: number;
  readonly allowEncodedSlash: boolean;
  readonly steps: readonly Step[];
  /** What looks at answers on their way back; up to `answerBudgetBytes` of one are held for it. */
  readonly answerSteps: readonly AnswerStep[];
  readonly answerBudgetBytes: number;
  /** Null where nothing is learnt. */
  readonly learner: Learner | null;
  /** The upstream is asked not to compress, so that answers can be read. */
  readonly asksPlain: boolean;
  readonly upstreams: ServiceUpstreams;
  /** Value of the RateLimit-Policy field; empty when the route has no limits. */
  readonly rateLimitPolicy: string;
  readonly loginProtection: SnapshotLoginProtection | null;
  /** What the upstream is told about the route. */
  readonly identity: string;
  /** Parts of the event line that never change for this route. */
  readonly eventPlace: string;
  /** Null where the template ends in `/*` and says too little. */
  readonly eventPath: string | null;
  readonly eventAllowed: string;
};

/** A ticket of a gauge. */
export type Place = { readonly gauge: Gauge; readonly ticket: number };

export type CompiledKey = { readonly caller: Caller; readonly revoked: boolean };

/** Exceptions by policy and route; null when there are none, which is the rule. */
export type Exceptions = ReadonlyMap<string, readonly SnapshotException[]> | null;

export type CompiledLock = {
  readonly routes: 'all' | ReadonlySet<string>;
  readonly allowConsumers: ReadonlySet<string>;
  readonly refusal: Refusal;
};

/** What the gateway runs on: an immutable snapshot, compiled. Swapped as a whole; requests under way keep theirs. */
export type Runtime = {
  readonly snapshot: GatewaySnapshot;
  readonly revision: number;
  readonly server: SnapshotServer;
  readonly hostnames: ReadonlySet<string>;
  readonly trusted: TrustedProxies;
  readonly headerRules: HeaderRules;
  readonly router: Router<CompiledRoute>;
  readonly keysByHash: ReadonlyMap<string, CompiledKey>;
  readonly tokens: Tokens;
  readonly introspection: Introspection;
  readonly passwords: Passwords;
  readonly certificates: ClientCertificates;
  readonly makeCaller: ReturnType<typeof callerFactory>;
  /** By the name of the entry. */
  readonly webhooks: ReadonlyMap<string, Webhook>;
  readonly lock: CompiledLock | null;
  readonly blockList: AddressFilter | null;
  readonly exceptions: Exceptions;
  readonly answerHeaders: AnswerHeaders;
  readonly vendors: VendorsDoor<CompiledRoute>;
  /** What is closed because its secret is gone: a sentence each. */
  readonly closed: readonly string[];
  /** Value of Strict-Transport-Security (RFC 6797) on answers over TLS. */
  readonly hsts: string | null;
};

/**
 * One request on its way through the gateway. All fields are there from the start, so that every exchange has the same
 * hidden class; what is not known yet is null.
 */
export class Exchange {
  readonly id: string;
  /** Unix milliseconds, for the record. */
  readonly time: number;
  /** Monotonic milliseconds, for durations and limits. */
  readonly started: number;
  readonly runtime: Runtime;
  readonly request: IncomingMessage;
  /** Null for upgrades, which are answered on the bare `socket`. */
  readonly response: ServerResponse | null;
  readonly socket: Duplex;
  /** First bytes after an upgrade request's head. */
  readonly upgradeHead: Buffer | null;
  readonly method: string;
  /** By HTTP/2: one of many on its connection, which nothing about it may end. */
  readonly http2: boolean;
  peer: Peer;
  /** It goes on in the application that the gateway runs in, which must find its body unread. */
  inside = false;

  // Filled by reading the head.
  host = '';
  path = '';
  query = '';
  decodedPath = '';
  encodedSlash = false;
  apiKey: string | null = null;
  authorization: string | null = null;
  forwardedFor: string | null = null;
  forwardedProto: string | null = null;
  forwardedHost: string | null = null;
  /** The trusted proxy through which the request came; `peer` is then the client behind it. */
  proxy: Peer | null = null;
  contentType: string | null = null;
  contentLength = -1;
  chunked = false;
  expectsContinue = false;
  wantsEventStream = false;
  /** Flat list for the upstream: the caller's headers without hop-by-hop, forwarded and identity fields. */
  upstreamHeaders: string[] = [];

  /** Set at the vendors' door; null at the front door. */
  outbound: OutboundCall | null = null;

  // Filled by the policies.
  route: CompiledRoute | null = null;
  /** Values of the route's path parameters, in the order of its template. */
  params: string[] | null = null;
  caller: Caller | null = null;
  /** The field that held the caller's key, token or password; it stays here. */
  keptHeader: KeptHeader = null;
  body: Buffer | null = null;
  /** A vendor's signed call that waits for what becomes of it. */
  delivery: PendingDelivery | null = null;
  /** `body` as JSON, once a policy has asked for it. */
  json: StrictJson | null = null;
  /** What policies said other than "allow"; null while all of them allowed. */
  spoken: PolicyDecision[] | null = null;
  /** Waits for the outcome; null on routes that learn nothing. */
  settling: Settling | null = null;
  /** How many of the route's policies have been asked. */
  asked = 0;
  /** RateLimit field members (draft-ietf-httpapi-ratelimit-headers), as far as limits were looked at. */
  rateLimit = '';
  /** Its places under the caps on how many may be in at once, given back when it is over. */
  places: Place[] | null = null;

  // Filled while answering.
  status = 0;
  code: string | null = null;
  bytesIn = 0;
  bytesOut = 0;
  /** How many personal values of each kind the answer held; null where nobody looked. */
  personal: PersonalCounts | null = null;
  upstreamStarted = 0;
  upstreamMs = -1;
  aborted: 'client' | 'upstream' | null = null;
  recorded = false;
  /** Its place among the active exchanges; -1 when it is not among them. */
  activeIndex = -1;
  /** Ends the exchange at once: the caller has gone, its key was revoked, or its key or token has expired. */
  abort: ((reason: 'client' | 'revoked' | 'shutdown') => void) | null = null;

  constructor(
    id: string,
    time: number,
    started: number,
    runtime: Runtime,
    request: IncomingMessage,
    response: ServerResponse | null,
    socket: Duplex,
    upgradeHead: Buffer | null,
    peer: Peer,
  ) {
    this.id = id;
    this.time = time;
    this.started = started;
    this.runtime = runtime;
    this.request = request;
    this.response = response;
    this.socket = socket;
    this.upgradeHead = upgradeHead;
    this.method = request.method ?? 'GET';
    this.http2 = request.httpVersionMajor === 2;
    this.peer = peer;
  }
}
