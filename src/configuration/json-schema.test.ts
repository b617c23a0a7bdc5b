import { expect, test } from 'vitest';
import { configJsonSchema } from './json-schema.ts';

test('the published schema names itself, closes every object and carries descriptions', () => {
  const schema = configJsonSchema();
  expect(schema).toMatchObject({ $id: 'urn:nightlatch:gateway-config:1', type: 'object', additionalProperties: false });
  const text = JSON.stringify(schema);
  expect(text).toContain('monitor: recorded, never refused');
  const open = text.match(/"additionalProperties":\{\}/g)?.length ?? 0;
  // The schemas of `validate` (path, query, headers, cookies, body) and an API description are maps: their words are not ours.
  const maps = text.match(/"propertyNames":\{"type":"string"\},"additionalProperties":\{\}/g)?.length ?? 0;
  expect(maps).toBe(6);
  // Else only a key set and its keys are open: what stands in them is their issuer's business (RFC 7517 §4, §5).
  expect(open - maps).toBe(2);
  expect(text.match(/"type":"object","properties"/g)?.length).toBe(
    open - maps + (text.match(/"additionalProperties":false/g)?.length ?? 0),
  );
});
