import { expect, test } from 'vitest';
import { configJsonSchema } from './json-schema.ts';

test('the published schema names itself, closes every object and carries descriptions', () => {
  const schema = configJsonSchema();
  expect(schema).toMatchObject({ $id: 'urn:nightlatch:gateway-config:1', type: 'object', additionalProperties: false });
  const text = JSON.stringify(schema);
  expect(text).toContain('monitor: recorded, never refused');
  // A key set and its keys alone are open: what else stands in them is their issuer's business (RFC 7517 §4, §5).
  const open = text.match(/"additionalProperties":\{\}/g)?.length ?? 0;
  expect(open).toBe(2);
  expect(text.match(/"type":"object","properties"/g)?.length).toBe(
    open + (text.match(/"additionalProperties":false/g)?.length ?? 0),
  );
});
