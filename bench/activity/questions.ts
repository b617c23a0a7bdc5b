import { ActivityQuery } from '../../src/contracts/api/activity.ts';
import type { Activity } from '../../src/modules/activity/index.ts';
import { DAYS } from './traffic-shape.ts';

/** One kind of question that people ask the record; each `ask` takes other values. */
export type Question = { label: string; promised: boolean; ask(activity: Activity): Promise<unknown> };

const DAY_MS = 86_400_000;

/** `promised`: must be answered within the promise of a year's record (any single filter, the picture of a day). */
export function questions(end: number, random: () => number, references: readonly string[]): Question[] {
  const whole = (below: number) => Math.floor(random() * below);
  const search = (label: string, filter: () => Record<string, unknown>, promised = true): Question => ({
    label: `list: ${label}`,
    promised,
    ask: (activity) => activity.search(ActivityQuery.parse(filter())),
  });
  const deep = () => new Date(end - whole(DAYS * DAY_MS)).toISOString();
  const customer = () => `customer-${whole(40) + 1}`;
  const address = () => {
    const at = whole(5_400);
    return `203.${at >> 14}.${(at >> 7) & 127}.${at & 127}`;
  };
  const picture = (label: string, days: number, buckets: number, promised: boolean): Question => ({
    label: `picture: ${label}`,
    promised,
    ask: (activity) => {
      const to = end - whole(Math.max(1, DAYS - days)) * DAY_MS - whole(1_440) * 60_000;
      return activity.summary({ from: to - days * DAY_MS, to, buckets });
    },
  });
  return [
    search('newest', () => ({})),
    search('any moment', () => ({ to: deep() })),
    search('let in', () => ({ outcome: 'let-in', to: deep() })),
    search('turned away', () => ({ outcome: 'turned-away', to: deep() })),
    search('failed', () => ({ outcome: 'failed' })),
    search('reason', () => ({ code: ['rate-limited', 'scope-missing', 'upstream-timeout'][whole(3)] })),
    search('reason nobody had', () => ({ code: 'body-too-large' })),
    search('caller', () => ({ consumer: customer(), to: deep() })),
    search('address', () => ({ address: address(), to: deep() })),
    search('route', () => ({
      route: ['GET /products', 'DELETE /orders/{orderId}', 'GET /stock'][whole(3)],
      to: deep(),
    })),
    search('method', () => ({ method: ['GET', 'PATCH', 'DELETE'][whole(3)], to: deep() })),
    search('status', () => ({ status: [200, 404, 429, 500, 504][whole(5)], to: deep() })),
    search('status nobody had', () => ({ status: 418 })),
    search('caller and reason', () => ({ consumer: customer(), code: 'scope-missing' }), false),
    search('route and reason', () => ({ route: 'POST /login', code: 'upstream-timeout' }), false),
    search('two that never meet', () => ({ method: 'PATCH', route: 'GET /products' }), false),
    {
      label: 'one call by its reference',
      promised: true,
      ask: (activity) => activity.find(` ${references[whole(references.length)]?.toLowerCase()} `),
    },
    picture('a day, half hours', 1, 48, true),
    picture('a day, five minutes', 1, 288, true),
    {
      label: 'picture: the busiest day',
      promised: true,
      ask: (activity) => {
        const from = end - (DAYS - 91) * DAY_MS;
        return activity.summary({ from: from + 37 * 60_000, to: from + DAY_MS + 37 * 60_000, buckets: 48 });
      },
    },
    picture('a week', 7, 48, false),
    picture('a month', 30, 48, false),
    picture('a year', 364, 52, false),
  ];
}
