import type { Caller } from '../caller.ts';

/** What a caller is known by, for `consumer.name`, `consumer.attributes.X` and `token.X`; undefined where it has none. */
export function ownValue(equals: string): (caller: Caller) => string | undefined {
  if (equals === 'consumer.name') return (caller) => caller.consumer;
  if (equals.startsWith('token.')) {
    const claim = equals.slice('token.'.length);
    return (caller) => caller.claims[claim];
  }
  const name = equals.slice('consumer.attributes.'.length);
  return (caller) => (Object.hasOwn(caller.attributes, name) ? caller.attributes[name] : undefined);
}

/** The claims of a token that rules of a snapshot's routes look at: only these are kept. */
export function claimsNeeded(
  routes: readonly {
    readonly ownership: { readonly equals: string } | readonly { readonly equals: string }[] | null;
    readonly ownAnswers: readonly { readonly equals: string }[];
    readonly learning: { readonly subject: string | null } | null;
  }[],
): string[] {
  const named = new Set<string>();
  for (const { ownership, ownAnswers, learning } of routes) {
    const rules = [ownership ?? [], ownAnswers].flat();
    for (const { equals } of rules) if (equals.startsWith('token.')) named.add(equals.slice('token.'.length));
    if (learning === null) continue;
    named.add('sub');
    if (learning.subject?.startsWith('token.') === true) named.add(learning.subject.slice('token.'.length));
  }
  return [...named];
}
