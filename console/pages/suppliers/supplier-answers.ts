import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { SecretSource } from '../../parts/SecretPlace.tsx';

export type Supplier = NonNullable<GatewayConfig['outbound']>[number];

export const INJECT = ['bearer', 'basic', 'header', 'query'] as const;
export type Inject = (typeof INJECT)[number];

/** A supplier as its form shows it; lists are texts with one entry on a line. */
export type Answers = {
  name: string;
  host: string;
  secret: SecretSource;
  inject: Inject;
  injectName: string;
  prefix: string;
  allow: string;
  consumers: string[];
  perDay: number | undefined;
  spendOn: string;
  most: number | undefined;
  currency: string;
};

export const EMPTY: Answers = {
  ...{ name: '', host: '', secret: { env: '' }, inject: 'bearer', injectName: '', prefix: '', allow: 'GET /*' },
  ...{ consumers: [], perDay: undefined, spendOn: '', most: undefined, currency: '' },
};

export function answersOf({
  name,
  host,
  secret,
  inject = 'bearer',
  allow,
  consumers = [],
  limits = {},
}: Supplier): Answers {
  const { most } = limits.spendPerDay ?? {};
  const [currency = '', amount] = typeof most === 'object' ? (Object.entries(most)[0] ?? []) : ['', most];
  return {
    ...{ name, host, secret, allow: allow.join('\n'), consumers, perDay: limits.perDay, currency, most: amount },
    spendOn: (limits.spendPerDay?.on ?? []).join('\n'),
    ...(typeof inject === 'string'
      ? { inject, injectName: '', prefix: '' }
      : 'header' in inject
        ? { inject: 'header', injectName: inject.header, prefix: inject.prefix ?? '' }
        : { inject: 'query', injectName: inject.query, prefix: '' }),
  };
}

/** As the configuration writes it; what the form does not know stays as it is in `before`. */
export function supplierOf(answers: Answers, before: Partial<Supplier>): Supplier {
  const { inject: _inject, consumers: _consumers, limits: limitsBefore, ...kept } = before;
  const { perDay: _perDay, spendPerDay, ...limits } = limitsBefore ?? {};
  const { most: mostBefore, on: _on, ...spend } = spendPerDay ?? {};
  const others = typeof mostBefore === 'object' ? Object.fromEntries(Object.entries(mostBefore).slice(1)) : {};
  const currency = answers.currency.trim().toLowerCase();
  const all = {
    ...limits,
    ...(answers.perDay === undefined ? {} : { perDay: answers.perDay }),
    ...(answers.most === undefined
      ? {}
      : {
          spendPerDay: {
            ...spend,
            on: linesOf(answers.spendOn),
            most: currency === '' ? answers.most : { [currency]: answers.most, ...others },
          },
        }),
  };
  return {
    ...kept,
    name: answers.name.trim(),
    host: answers.host.trim(),
    secret: answers.secret,
    ...(answers.inject === 'bearer' ? {} : { inject: injectionOf(answers) }),
    allow: linesOf(answers.allow),
    ...(answers.consumers.length === 0 ? {} : { consumers: answers.consumers }),
    ...(Object.keys(all).length === 0 ? {} : { limits: all }),
  };
}

function injectionOf({ inject, injectName, prefix }: Answers): NonNullable<Supplier['inject']> {
  if (inject === 'header') return { header: injectName.trim(), ...(prefix === '' ? {} : { prefix }) };
  return inject === 'query' ? { query: injectName.trim() } : inject;
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
