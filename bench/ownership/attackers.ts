import { type Dice, roll } from './people.ts';

/** Somebody with a good account of their own, who asks for what belongs to others. */
export type Attack = {
  readonly label: string;
  readonly everyMs: number;
  readonly tries: number;
  /** How many accounts take turns. */
  readonly accounts: number;
  /** What is asked for at each step. */
  readonly path: (step: number, context: Context) => string;
};

export type Context = { readonly dice: Dice; readonly newestOrder: number; readonly leaked: readonly string[] };

const SECOND = 1_000;
const HOUR = 3_600_000;
const order = (id: number): string => `/api/orders/${id}`;

export const ATTACKS: readonly Attack[] = [
  { label: 'order numbers up from 1', everyMs: SECOND, tries: 60, accounts: 1, path: (i) => order(1 + i) },
  {
    label: 'order numbers down from the newest',
    everyMs: SECOND,
    tries: 60,
    accounts: 1,
    path: (i, { newestOrder }) => order(newestOrder - i),
  },
  {
    label: 'customer numbers up from 2',
    everyMs: SECOND,
    tries: 60,
    accounts: 1,
    path: (i) => `/api/customers/${2 + i}`,
  },
  {
    label: 'order numbers by chance',
    everyMs: SECOND,
    tries: 60,
    accounts: 1,
    path: (_, { dice, newestOrder }) => order(1 + roll(dice, Math.round(newestOrder * 1.5))),
  },
  { label: 'every second order number', everyMs: SECOND, tries: 60, accounts: 1, path: (i) => order(200 + 2 * i) },
  { label: 'two accounts in turns', everyMs: SECOND, tries: 60, accounts: 2, path: (i) => order(30 + i) },
  { label: 'five accounts in turns', everyMs: SECOND, tries: 100, accounts: 5, path: (i) => order(60 + i) },
  { label: 'one order number an hour', everyMs: HOUR, tries: 48, accounts: 1, path: (i) => order(5 + i) },
  {
    label: 'a chance order number every two hours',
    everyMs: 2 * HOUR,
    tries: 48,
    accounts: 1,
    path: (_, { dice, newestOrder }) => order(1 + roll(dice, newestOrder)),
  },
  { label: 'one order number every four hours', everyMs: 4 * HOUR, tries: 30, accounts: 1, path: (i) => order(90 + i) },
  {
    label: 'a chance order number every six hours',
    everyMs: 6 * HOUR,
    tries: 20,
    accounts: 1,
    path: (_, { dice, newestOrder }) => order(1 + roll(dice, newestOrder)),
  },
  {
    label: 'UUIDs from a leaked list',
    everyMs: SECOND,
    tries: 40,
    accounts: 1,
    path: (i, { leaked }) => `/documents/${leaked[i % leaked.length]}`,
  },
];
