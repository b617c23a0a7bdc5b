import fc from 'fast-check';
import type { Contents, OperationShape } from '../../contracts/drafts/shape.ts';
import { shapeOf } from '../observe.ts';
import { partOf } from '../part.ts';

/** One call as a small API might get it, with what it answers. */
export type Call = {
  id: string;
  query: [string, string][];
  body: unknown;
  form: [string, string][];
  type: string;
  status: number;
  answer: unknown;
};

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.uuid(),
  fc.emailAddress(),
  fc.webUrl(),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  fc.constantFrom('paid', 'open', 'Marina', 'constructor', '12', '-3.5', 'true', '', '2027-01-31', '2027-02-30', '😀é'),
);
const name = fc.oneof(
  fc.constantFrom('id', 'note', 'status', 'items', 'address', 'k0', 'toString', '7f3a', '2026-01-01', 'a.b', '$ref'),
  fc.string({ maxLength: 6 }),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      name.filter((one) => one !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
}));
export const json: fc.Arbitrary<unknown> = value;

const pairs = fc.array(fc.tuple(fc.constantFrom('page', 'tag', 'q', 'on', '1'), text), { maxLength: 4 });
export const call: fc.Arbitrary<Call> = fc.record({
  id: text.filter((one) => one !== ''),
  query: pairs,
  body: json,
  form: pairs,
  type: fc.constantFrom('', 'application/json', 'application/x-www-form-urlencoded'),
  status: fc.constantFrom(200, 201, 204),
  answer: json,
});

const lists = (fields: readonly (readonly [string, string])[]) =>
  Object.fromEntries([...Map.groupBy(fields, ([one]) => one)].map(([one, all]) => [one, all.map(([, two]) => two)]));
const kept = (one: unknown) => {
  const shape = shapeOf(one);
  if (shape === null) throw new Error('too large for a test');
  return partOf(shape);
};
const none: Contents = { seen: 1, bodies: 0, types: {} };
const one = (type: string, body: unknown): Contents => ({ seen: 1, bodies: 1, types: { [type]: kept(body) } });

export function observed(from: Call, at = 0): OperationShape {
  return {
    ...{ service: 'shop', route: 'POST /things/{id}', method: 'POST', path: '/things/{id}', open: false },
    ...{ seen: 1, from: at, until: at },
    params: kept({ id: [from.id] }),
    query: kept(lists(from.query)),
    request: from.type === '' ? none : one(from.type, from.type === 'application/json' ? from.body : lists(from.form)),
    answers: { [from.status]: from.status === 204 ? none : one('application/json', from.answer) },
  };
}
