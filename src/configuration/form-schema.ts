import type { FormConfig, FormField } from '../contracts/config/validation-config.ts';

type Schema = Record<string, unknown>;

/** Compiles the plain shape to the JSON Schema of a body. Lengths count characters, not bytes. */
export function formSchema(form: FormConfig): Schema {
  const fields = Object.entries(form.fields);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field)])),
    required: fields.filter(([, field]) => field.required === true).map(([name]) => name),
    additionalProperties: form.allowUnknown === true,
  };
}

/** Settings that say something about a type, besides `type` and `required`. */
export const SETTINGS_OF: Readonly<Record<FormField['type'], readonly (keyof FormField)[]>> = {
  text: ['minLength', 'maxLength', 'characters'],
  email: ['maxLength'],
  phone: ['maxLength'],
  url: ['maxLength'],
  id: ['minLength', 'maxLength'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
  date: [],
  'yes-no': [],
  choice: ['options'],
};

function fieldSchema(field: FormField): Schema {
  switch (field.type) {
    case 'number':
    case 'integer':
      return { type: field.type, ...given({ minimum: field.minimum, maximum: field.maximum }) };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'yes-no':
      return { enum: YES_NO };
    case 'choice':
      return { enum: field.options ?? [] };
    case 'text': {
      const pattern = CHARACTERS[field.characters ?? 'any'];
      const minLength = field.minLength ?? (field.required === true ? 1 : undefined);
      return { type: 'string', ...given({ minLength, maxLength: field.maxLength, pattern }) };
    }
    case 'email':
    case 'phone':
    case 'url':
    case 'id': {
      const { pattern, maxLength } = TEXTS[field.type];
      return {
        type: 'string',
        ...given({ minLength: field.minLength }),
        maxLength: field.maxLength ?? maxLength,
        pattern,
      };
    }
  }
}

/** What check boxes and programs send. */
const YES_NO = [true, false, 'true', 'false', 'yes', 'no', 'on', 'off', '1', '0'];

/** \p{L} and \p{M} are the letters of every script with their marks (Unicode, general categories). */
const CHARACTERS = {
  any: undefined,
  letters: "^[\\p{L}\\p{M} .'’ʼ‘`´,·・‐-]*$",
  'letters-digits': "^[\\p{L}\\p{M}\\p{N} .'’ʼ‘`´,·・‐-]*$",
  'no-markup': '^[^<>\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
} as const;

const TEXTS = {
  // RFC 5321 §4.5.3.1 for the lengths; local parts and domains in every script (RFC 6531).
  email: {
    maxLength: 254,
    pattern:
      '^[^\\s@<>()\\[\\]\\\\,;:"\\p{Cc}]{1,64}@(?:[\\p{L}\\p{M}\\p{N}-]{1,63}\\.){1,8}[\\p{L}\\p{M}\\p{N}-]{2,63}$',
  },
  // E.164 with the marks that people write between the digits.
  phone: { maxLength: 32, pattern: '^\\+?[ (]{0,2}(?:\\p{Nd}[ ()./\\u2010-\\u2015-]{0,3}){5,17}$' },
  url: { maxLength: 2_048, pattern: '^[hH][tT][tT][pP][sS]?://[^\\s<>"\\\\\\p{Cc}]+$' },
  id: { maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' },
} as const;

function given(settings: Schema): Schema {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
