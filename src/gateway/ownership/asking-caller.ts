import type { SnapshotLearning } from '../../contracts/snapshot/snapshot-ownership.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { Tags } from './tags.ts';

/**
 * Who stands behind a request, as a number; null where that cannot be told or does not matter: nobody is known, the consumer may
 * read everybody's, or it calls for many people and does not say for whom.
 */
export function askingCaller(learning: SnapshotLearning, tags: Tags): (x: Exchange) => number | null {
  const isExempt = exemption(learning.exempt);
  const frontEnds = new Set(learning.frontEnds);
  const [place, name] = splitSubject(learning.subject);
  // A caller lives as long as its key or token: its number need not be worked out for each request.
  const numbers = new WeakMap<Caller, number | null>();
  const numberOf = (caller: Caller): number | null => {
    if (isExempt(caller)) return null;
    const claim = caller.issuer === null ? undefined : caller.claims[place === 'token' ? name : 'sub'];
    return tags.caller(claim === undefined ? caller.limitKey : `${caller.issuer}\n${claim}`);
  };
  const personBehind = (x: Exchange, caller: Caller): number | null => {
    const value = place === 'header' ? x.request.headers[name] : undefined;
    if (typeof value !== 'string' || value === '' || isExempt(caller)) return null;
    return tags.caller(`${caller.limitKey}\n${value}`);
  };
  return (x) => {
    const { caller } = x;
    if (caller === null) return null;
    if (frontEnds.has(caller.consumer) && !(place === 'token' && caller.issuer !== null)) {
      return personBehind(x, caller);
    }
    let number = numbers.get(caller);
    if (number === undefined) {
      number = numberOf(caller);
      numbers.set(caller, number);
    }
    return number;
  };
}

function splitSubject(subject: string | null): ['token' | 'header' | 'none', string] {
  if (subject === null) return ['none', ''];
  const dot = subject.indexOf('.');
  const name = subject.slice(dot + 1);
  return subject.startsWith('token.') ? ['token', name] : ['header', name.toLowerCase()];
}

/** `office`, or `attributes.role=staff`. */
function exemption(exempt: readonly string[]): (caller: Caller) => boolean {
  const names = new Set<string>();
  const attributes: [string, string][] = [];
  for (const one of exempt) {
    const match = /^attributes\.([^=]+)=(.*)$/.exec(one);
    if (match === null) names.add(one);
    else attributes.push([match[1] ?? '', match[2] ?? '']);
  }
  return (caller) =>
    names.has(caller.consumer) || attributes.some(([name, value]) => caller.attributes[name] === value);
}
