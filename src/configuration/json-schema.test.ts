import { expect, test } from 'vitest';
import { configJsonSchema } from './json-schema.ts';

test('the published schema names itself, closes every object and carries descriptions', () => {
  const schema = configJsonSchema();
  expect(schema).toMatchObject({ $id: 'urn:nightlatch:gateway-config:1', type: 'object', additionalProperties: false });
  const text = JSON.stringify(schema);
  expect(text).toContain('monitor: recorded, never refused');
  expect(text.match(/"type":"object","properties"/g)?.length).toBe(text.match(/"additionalProperties":false/g)?.length);
});
