import { expect, test } from 'vitest';
import { formOf, linesOf, twiceNamed } from './form-fields.ts';

const form = {
  fields: {
    email: { type: 'email', required: true },
    size: { type: 'choice', options: ['small', 'large'] },
    note: { type: 'text', maxLength: 200, characters: 'no-markup' },
    count: { type: 'integer', minimum: 1, maximum: 99 },
  },
} as const;

test('a form is taken apart and put together again', () => {
  const written = structuredClone(form) as unknown as Parameters<typeof linesOf>[0];
  expect(formOf(linesOf(written), false)).toEqual(form);
  expect(formOf([], true)).toEqual({ fields: {}, allowUnknown: true });
});

test('what does not go with the type is left out', () => {
  const field = { type: 'date', maxLength: 3, minimum: 1 } as const;
  expect(formOf([{ name: ' born ', options: 'a', field }], false)).toEqual({ fields: { born: { type: 'date' } } });
});

test('a name on two lines is noticed', () => {
  const line = { name: 'email', options: '', field: { type: 'text' } } as const;
  expect(twiceNamed([line, { ...line, name: 'note' }])).toBeNull();
  expect(twiceNamed([line, { ...line, name: 'email ' }])).toBe('email');
});
