import type { FormConfig, FormField } from '../../../src/contracts/config/validation-config.ts';

export const TYPES = [
  ...(['text', 'email', 'phone', 'number', 'integer', 'date', 'yes-no', 'choice', 'url', 'id'] as const),
];
export type FieldType = FormField['type'];

/** One line of the form builder; `options` as it is typed, one on a line. */
export type FieldLine = { name: string; options: string; field: Omit<FormField, 'options'> };

const LENGTHS = new Set<FieldType>(['text', 'email', 'phone', 'url', 'id']);
const SHORTEST = new Set<FieldType>(['text', 'id']);
const NUMBERS = new Set<FieldType>(['number', 'integer']);

/** Which questions a type has. */
export const asks = {
  minLength: (type: FieldType) => SHORTEST.has(type),
  maxLength: (type: FieldType) => LENGTHS.has(type),
  range: (type: FieldType) => NUMBERS.has(type),
  options: (type: FieldType) => type === 'choice',
  characters: (type: FieldType) => type === 'text',
};

export function linesOf(form: FormConfig | undefined): FieldLine[] {
  return Object.entries(form?.fields ?? {}).map(([name, { options = [], ...field }]) => ({
    name,
    options: options.join('\n'),
    field,
  }));
}

/** The form as the configuration writes it; what does not go with a field's type is left out. */
export function formOf(lines: FieldLine[], allowUnknown: boolean): FormConfig {
  const fields = lines.map(({ name, options, field }): [string, FormField] => {
    const { type, required, minLength, maxLength, characters, minimum, maximum } = field;
    const choices = [...new Set(options.split('\n').map((one) => one.trim()))].filter((one) => one !== '');
    return [
      name.trim(),
      {
        type,
        ...(required === true ? { required } : {}),
        ...(asks.minLength(type) && minLength !== undefined ? { minLength } : {}),
        ...(asks.maxLength(type) && maxLength !== undefined ? { maxLength } : {}),
        ...(asks.characters(type) && characters !== undefined && characters !== 'any' ? { characters } : {}),
        ...(asks.range(type) && minimum !== undefined ? { minimum } : {}),
        ...(asks.range(type) && maximum !== undefined ? { maximum } : {}),
        ...(asks.options(type) ? { options: choices } : {}),
      },
    ];
  });
  return { fields: Object.fromEntries(fields), ...(allowUnknown ? { allowUnknown } : {}) };
}

/** A name that stands on two lines: only one of them could be kept. */
export function twiceNamed(lines: FieldLine[]): string | null {
  const names = lines.map(({ name }) => name.trim());
  return names.find((name, at) => names.indexOf(name) !== at) ?? null;
}
