import type { PolicyDecision, StreamEndEvent } from '../../contracts/events/gateway-event.ts';
import type { Exchange } from '../exchange.ts';

/**
 * The JSON of an event after its seq (contracts/events/gateway-event.ts), put together by hand: this runs for every request,
 * and all texts but an unmatched path are known to need no escaping or were escaped when the route was compiled.
 */
export function requestFields(x: Exchange, durationMs: number): string {
  const route = x.route;
  const place = route === null ? placeWithoutRoute(x) : route.eventPlace;
  const path = route?.eventPath ?? JSON.stringify(shapeOf(x));
  const caller = x.caller === null ? '"consumer":null,"key":null' : x.caller.eventCaller;
  const aborted = x.aborted === null ? '' : `,"aborted":"${x.aborted}"`;
  return (
    `"type":"request","id":"${x.id}","time":"${isoTime(x.time)}",${place},` +
    `"method":"${x.method}","path":${path},"status":${x.status},"code":${x.code === null ? 'null' : `"${x.code}"`},` +
    `${caller},"address":"${x.peer.address}","bytesIn":${x.bytesIn},"bytesOut":${x.bytesOut},` +
    `"durationMs":${toMicros(durationMs)},"upstreamMs":${x.upstreamMs < 0 ? 'null' : toMicros(x.upstreamMs)},` +
    `"decisions":${decisionsOf(x)},"revision":${x.runtime.revision}${personalOf(x)}${aborted}}`
  );
}

function placeWithoutRoute(x: Exchange): string {
  if (x.outbound === null) return '"service":null,"route":null';
  return '"direction":"outbound","service":null,"route":null';
}

export type Malformed = {
  id: string;
  time: number;
  address: string;
  status: number;
  code: string;
  revision: number;
  outbound?: boolean;
};

/** A request that never became one: broken framing, or a head that did not arrive in time or in size. */
export function malformedFields(what: Malformed): string {
  const direction = what.outbound === true ? '"direction":"outbound",' : '';
  return (
    `"type":"request","id":"${what.id}","time":"${isoTime(what.time)}",${direction}"service":null,"route":null,"method":"-","path":"-",` +
    `"status":${what.status},"code":"${what.code}","consumer":null,"key":null,"address":"${what.address}","bytesIn":0,` +
    `"bytesOut":0,"durationMs":0,"upstreamMs":null,"decisions":[],"revision":${what.revision}}`
  );
}

export type StreamEnd = Omit<StreamEndEvent, 'seq' | 'time' | 'type'>;

/** The end of an upgraded connection. */
export function streamEndFields(event: StreamEnd, time: number): string {
  const rest = JSON.stringify({ ...event, durationMs: Number(toMicros(event.durationMs)) });
  return `"type":"stream-end","time":"${isoTime(time)}",${rest.slice(1)}`;
}

function shapeOf(x: Exchange): string {
  if (x.decodedPath !== '') return redactPath(x.decodedPath);
  return redactPath((x.request.url ?? '').split('?', 1)[0] ?? '');
}

/**
 * The shape of a path that no route describes (none matched, or one that ends in `/*`): what may be a number, a name or a secret becomes {…}, so that the record shows
 * that somebody asked for `/wp-login.php` and not whose file they asked for.
 */
export function redactPath(path: string): string {
  const segments = path.slice(0, 512).split('/').slice(0, 12);
  return segments
    .map((segment) =>
      /^[A-Za-z][A-Za-z._-]{0,31}$|^$|^\.[A-Za-z._-]{1,24}$|^v\d{1,2}$/.test(segment) ? segment : '{…}',
    )
    .join('/');
}

function decisionsOf({ route, spoken, asked }: Exchange): string {
  if (spoken === null) return route === null || asked < route.steps.length ? '[]' : route.eventAllowed;
  const ban = wordOf(spoken, 'bans');
  let list = ban === undefined ? '' : JSON.stringify(ban);
  if (route !== null) {
    const { steps, answerSteps } = route;
    for (let i = 0; i < asked && i < steps.length; i++) list = withStep(list, steps[i], spoken);
    for (const step of answerSteps) if (wordOf(spoken, step.policy) !== undefined) list = withStep(list, step, spoken);
  }
  return `[${list}]`;
}

/** What a step said, after what is in the list; "allow" when it said nothing and is not quiet. */
function withStep(
  list: string,
  step: { readonly policy: string; readonly isQuiet?: boolean } | undefined,
  spoken: readonly PolicyDecision[],
): string {
  if (step === undefined) return list;
  const word = wordOf(spoken, step.policy);
  if (word === undefined && step.isQuiet === true) return list;
  // The names of policies need no escaping.
  const one = word === undefined ? `{"policy":"${step.policy}","decision":"allow"}` : JSON.stringify(word);
  return list === '' ? one : `${list},${one}`;
}

/** A policy's last word: a few at most have one. */
function wordOf(spoken: readonly PolicyDecision[], policy: string): PolicyDecision | undefined {
  for (let i = spoken.length - 1; i >= 0; i--) if (spoken[i]?.policy === policy) return spoken[i];
  return undefined;
}

function personalOf(x: Exchange): string {
  for (const _ in x.personal) return `,"personal":${JSON.stringify(x.personal)}`;
  return '';
}

let isoSecond = -1;
let isoBegin = '';

/** The ISO form of a time: all but its milliseconds is the same for many requests. */
function isoTime(time: number): string {
  const second = Math.floor(time / 1000);
  if (second !== isoSecond) {
    isoSecond = second;
    isoBegin = new Date(second * 1000).toISOString().slice(0, -4);
  }
  const ms = Math.floor(time - second * 1000);
  return `${isoBegin}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`;
}

/** Milliseconds with three decimals at most, without the cost of toFixed. */
function toMicros(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
