import type { LearntOperation, LearntSchema } from '../api/learnt.ts';
import type { Say } from './say-in.ts';

export type LearntPart = 'path' | 'query' | 'body' | 'answer';
export type LearntField = { part: LearntPart; name: string; words: string };

/** Fields deeper than this are for the developer. */
const MOST_DEPTH = 3;
const MOST_FIELDS = 60;

/** What an operation looks like, field by field: `note` → "text, up to 40 characters". */
export function fieldsInWords(say: Say, operation: LearntOperation): LearntField[] {
  const parameters = (operation.parameters ?? []).map(({ name, in: part, required, schema }) => ({
    ...{ part, name },
    words: sometimes(say, schemaInWords(say, schema), required === true),
  }));
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const answers = successes.flatMap(([, { content }]) => Object.values(content ?? {}));
  const sent = Object.values(operation.requestBody?.content ?? {});
  return [
    ...parameters,
    ...sent.flatMap(({ schema }) => membersInWords(say, 'body', schema, '', 0)),
    ...answers.flatMap(({ schema }) => membersInWords(say, 'answer', schema, '', 0)),
  ].slice(0, MOST_FIELDS);
}

function membersInWords(
  say: Say,
  part: LearntPart,
  schema: LearntSchema | undefined,
  before: string,
  depth: number,
): LearntField[] {
  if (schema === undefined || depth > MOST_DEPTH) return [];
  if (schema.items !== undefined && before === '') return membersInWords(say, part, schema.items, before, depth);
  return Object.entries(schema.properties ?? {}).flatMap(([member, one]) => {
    const name = before + member;
    const always = schema.required?.includes(member) === true;
    return [
      { part, name, words: sometimes(say, schemaInWords(say, one), always) },
      ...membersInWords(say, part, one.items ?? one, `${name}.`, depth + 1),
    ];
  });
}

const sometimes = (say: Say, words: string, always: boolean) => (always ? words : say('learnt.sometimes', { words }));

export function schemaInWords(say: Say, schema: LearntSchema): string {
  const types = [schema.type ?? []].flat();
  const kinds = types.filter((type) => type !== 'null').map((type) => kindInWords(say, schema, type));
  if (types.length === 0) return say('learnt.kind.anything');
  if (kinds.length === 0) return say('learnt.kind.nothing');
  const words = kinds.reduce((a, b) => say('learnt.or', { a, b }));
  return types.includes('null') ? say('learnt.kind.orNothing', { words }) : words;
}

function kindInWords(say: Say, schema: LearntSchema, type: string): string {
  switch (type) {
    case 'string':
      return textInWords(say, schema);
    case 'integer':
    case 'number': {
      const { minimum: min, maximum: max } = schema;
      if (min === undefined || max === undefined) return say(`learnt.kind.${type}`);
      return say(`learnt.kind.${type}Between`, { min, max });
    }
    case 'array': {
      const { items } = schema;
      if (items === undefined) return say('learnt.kind.list');
      return say('learnt.kind.listOf', { words: schemaInWords(say, items) });
    }
    case 'object':
      return schema.additionalProperties === undefined ? say('learnt.kind.object') : say('learnt.kind.table');
    default:
      return say('learnt.kind.boolean');
  }
}

const FORMATS = { email: 'email', uuid: 'uuid', date: 'date', 'date-time': 'dateTime', uri: 'uri' } as const;

function textInWords(say: Say, { enum: words, format, pattern, minLength, maxLength }: LearntSchema): string {
  const texts = words?.filter((word) => word !== null);
  if (texts !== undefined && texts.length > 0) return say('learnt.kind.oneOf', { words: texts.join(', ') });
  const known = FORMATS[format as keyof typeof FORMATS];
  if (known !== undefined) return say(`learnt.kind.${known}`);
  if (pattern !== undefined) return say('learnt.kind.digits');
  if (maxLength === undefined) return say('learnt.kind.text');
  if (minLength === maxLength) return say('learnt.kind.textExactly', { count: maxLength });
  return say('learnt.kind.textUpTo', { count: maxLength });
}
