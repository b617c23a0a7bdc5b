import { seeded } from '../activity/traffic-shape.ts';
import { ATTACKS, type Attack } from './attackers.ts';
import {
  buy,
  type Dice,
  type Fortnight,
  leaveDocument,
  officeHour,
  partnerRun,
  person,
  report,
  roll,
  signUp,
  visit,
} from './people.ts';
import type { Person, World } from './world.ts';

export const DAYS = 14;
/** Attacks begin when the time of learning alone is over. */
const ATTACK_DAY = 5;
const NEW_OFFICE_DAY = 8;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const PEOPLE = 38;
const SHOP_PEOPLE = 20;
const NEW_PEOPLE = 20;

type Appointment = { readonly at: number; readonly run: () => Promise<void> };

export type Attacker = { readonly attack: Attack; readonly accounts: readonly Person[] };

/** Plays two weeks of the shop, each thing in its time; gives who attacked. */
export async function playTimeline(world: World, { seed, lists, visitsADay }: Fortnight): Promise<Attacker[]> {
  const dice = seeded(seed);
  const plan: Appointment[] = [];
  const at = (day: number, hour: number, run: () => Promise<void>) =>
    void plan.push({ at: world.begin + day * DAY_MS + hour * HOUR_MS, run });
  const everybody: Person[] = [];
  const newest = (): number => Math.max(120, ...everybody.flatMap((one) => [...one.orders]));
  const front = person('sign-up', 0, 'web-shop');
  everybody.push(...(await firstPeople(world, front)));
  const customers = [...everybody];
  for (let day = 0; day < DAYS; day++) planDay(day);
  const attackers = planAttacks();
  plan.sort((a, b) => a.at - b.at);
  for (const { at: due, run } of plan) {
    world.now = Math.max(world.now, due);
    await run();
  }
  return attackers;

  function planDay(day: number): void {
    for (const who of customers) planVisits(who, day);
    const programs: [Person['via'], number, (who: Person) => Promise<void>][] = [
      ['partner-a', 2, (who) => partnerRun(world, dice, who)],
      ['partner-b', 3, (who) => partnerRun(world, dice, who)],
      ['partner-c', 4, (who) => partnerRun(world, dice, who)],
      ['report-job', 20, (who) => report(world, who)],
      ['office', 1, (who) => officeHour(world, dice, who)],
      ['second-office', 5, (who) => officeHour(world, dice, who)],
    ];
    if (day >= NEW_OFFICE_DAY) programs.push(['new-office', 6, (who) => officeHour(world, dice, who)]);
    for (const [name, hour, run] of programs) at(day, hour, () => run(program(name)));
    if (day >= ATTACK_DAY && customers.length > 0) {
      for (let i = 0; i < NEW_PEOPLE / 10; i++) at(day, 1 + dice() * 8, () => joins(day));
    }
  }

  function program(name: Person['via']): Person {
    const found = everybody.find(({ via }) => via === name);
    if (found !== undefined) return found;
    // Partners buy as customers 38 to 40; what reads everybody's has no account in the shop.
    const customer = { 'partner-a': 38, 'partner-b': 39, 'partner-c': 40 }[name as string] ?? 0;
    const made = person(name === 'new-office' ? 'a new office, not declared' : name, customer, name);
    everybody.push(made);
    return made;
  }

  function planVisits(who: Person, day: number): void {
    const visits = roll(dice, 2 * visitsADay + 1);
    for (let i = 0; i < visits; i++) at(day, dice() * 12, () => visit(world, dice, who, lists, newest));
  }

  async function joins(day: number): Promise<void> {
    const number = await signUp(world, front, world.sent.length);
    const who = person('new customers', number, day % 2 === 0 ? 'token' : 'web-shop');
    everybody.push(who);
    await visit(world, dice, who, lists, newest);
    for (let i = 0; i < 5; i++) await visit(world, dice, who, lists, newest);
  }

  function planAttacks(): Attacker[] {
    return ATTACKS.map((attack, index) => {
      const accounts: Person[] = [];
      const day = ATTACK_DAY + index / 4;
      at(day - 0.5, 0, async () => {
        for (let i = 0; i < attack.accounts; i++) {
          const number = await signUp(world, front, 1_000_000 + index * 100 + i);
          const account = person(attack.label, number, 'token', false);
          accounts.push(account);
          everybody.push(account);
          await buy(world, dice, account);
          await leaveDocument(world, account);
          await visit(world, dice, { ...account, honest: true, label: 'attackers before they begin' }, lists, newest);
        }
      });
      for (let step = 0; step < attack.tries; step++) {
        at(day, (step * attack.everyMs) / HOUR_MS, () => attackOnce(world, dice, { attack, accounts }, step, newest()));
      }
      return { attack, accounts };
    });
  }
}

async function attackOnce(
  world: World,
  dice: Dice,
  { attack, accounts }: Attacker,
  step: number,
  newestOrder: number,
): Promise<void> {
  const account = accounts[step % accounts.length];
  if (account === undefined) throw new TypeError('an attacker without an account');
  const leaked = [...world.documents.keys()].filter((id) => !account.documents.includes(id));
  await world.call(account, 'GET', attack.path(step, { dice, newestOrder, leaked }), { foreign: true });
}

/** Customers of the seed with tokens, and some who signed up in the web shop. One in ten also reads a relative's orders. */
async function firstPeople(world: World, front: Person): Promise<Person[]> {
  const people: Person[] = [];
  for (let number = 2; number < 2 + PEOPLE - 3; number++) {
    const who = person('customers with tokens', number, 'token');
    // Orders n, n + 40 and n + 80 of the seed are customer n's.
    for (const order of [number, number + 40, number + 80]) who.orders.add(order);
    people.push(who);
  }
  for (let i = 0; i < SHOP_PEOPLE; i++) {
    people.push(person('customers of the web shop', await signUp(world, front, 500_000 + i), 'web-shop'));
  }
  for (let i = 0; i + 1 < people.length; i += 10) {
    const [one, other] = [people[i], people[i + 1]];
    if (one === undefined || other === undefined) continue;
    for (let bought = 0; bought < 2; bought++) one.orders.add(await buy(world, () => 0.5, other));
  }
  return people;
}
