import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileLibrary } from '../json-schema/compile-library.ts';
import { readDescription } from '../openapi/read-description.ts';
import { openapiOf } from './openapi-of.ts';
import { mergeOperations } from './operation.ts';
import { published } from './published.ts';
import { call, observed } from './testdata/arbitrary-traffic.ts';

test('whatever JSON taught a draft fits it, and the project’s own reader takes the document', () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 6 }), (calls) => {
      const learnt = published(calls.map((one) => observed(one)).reduce(mergeOperations));
      const read = readDescription(JSON.parse(JSON.stringify(openapiOf('shop', [learnt]))));
      if ('faults' in read) throw new Error(JSON.stringify(read.faults));
      const { operations, schemas } = read.description;
      const library = compileLibrary(schemas);
      for (const { type, body, status, answer } of calls) {
        const request = operations[0]?.body?.contents.find((content) => content.type === type);
        const schema = request?.schema;
        if (type === 'application/json' && schema != null) {
          expect(library.get(schema).accepts(body), `${JSON.stringify(body)} ${JSON.stringify(schemas[schema])}`).toBe(
            true,
          );
        }
        const answers = operations[0]?.answers.find((one) => one.status === String(status))?.contents[0]?.schema;
        if (answers != null && status !== 204) {
          expect(
            library.get(answers).accepts(answer),
            `${JSON.stringify(answer)} ${JSON.stringify(schemas[answers])}`,
          ).toBe(true);
        }
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
  );
});
