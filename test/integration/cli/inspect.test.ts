import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const ATTACK = `POST /orders HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\n\r\n{"items":[{"note":"' union select password from users--"}]}`;

function file(text: string): string {
  const path = join(temporaryFolder(), 'request.http');
  writeFileSync(path, text);
  return path;
}

test('an attack: where, what it is in plain words, and what was seen', async () => {
  const { code, stdout, stderr } = await nightlatch(['inspect', file(ATTACK)]);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^Attack: score \d\d of 99\.\n/);
  expect(stdout).toContain('body.items[0].note: sqli');
  expect(stdout).toContain('Somebody wrote a database command into a field');
  expect(stdout).toMatch(/Seen: .*union select/);
});

test('the same for scripts', async () => {
  const { code, stdout } = await nightlatch(['inspect', '--json', '--profile', 'careful', file(ATTACK)]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ attack: true, complete: true, charges: [{ kind: 'sqli' }] });
});

test('an honest request', async () => {
  const path = file('{"method":"GET","path":"/search?q=blue+mugs"}');
  expect(await nightlatch(['inspect', path])).toEqual({
    code: 0,
    stdout: 'No attack: nothing was found.\n',
    stderr: '',
  });
});

test('what is no request, no such file, a profile that is none', async () => {
  expect(await nightlatch(['inspect', file('hello')])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('This is no request that can be read.'),
  });
  expect(await nightlatch(['inspect', '/nowhere'])).toMatchObject({ code: 1, stdout: '' });
  expect(await nightlatch(['inspect', '--profile', 'lax', file(ATTACK)])).toMatchObject({ code: 2, stdout: '' });
});

test('honest calls that were kept are judged anew', async () => {
  const data = temporaryFolder();
  expect(await nightlatch(['inspect', '--cases', '--data', data])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('There are no test cases.'),
  });
  const folder = join(data, 'test-cases');
  mkdirSync(folder);
  const keep = (reference: string, body: string) =>
    writeFileSync(
      join(folder, `${reference}.json`),
      JSON.stringify({
        ...{ format: 1, reference, kept: '2026-11-24T12:00:00.000Z', service: 'shop', route: 'POST /orders' },
        charges: [{ kind: 'sqli', place: 'body.note' }],
        request: { method: 'POST', target: '/orders', headers: ['Content-Type', 'application/json'], body },
      }),
    );
  keep('01A', JSON.stringify({ note: "O'Brien, select the blue one" }));
  keep('01B', JSON.stringify({ note: "' union select password from users--" }));
  const { code, stdout } = await nightlatch(['inspect', '--cases', '--data', data]);
  expect(code).toBe(1);
  expect(stdout.split('\n')).toEqual([
    '01A  POST /orders: passes; its exclusion is not needed any more',
    expect.stringMatching(/^01B {2}POST \/orders: still taken for an attack \(body\.note: sqli, \d\d of 99\)$/),
    '1 of 2 honest calls pass.',
    '',
  ]);
  keep('01C', '');
  writeFileSync(join(folder, '01D.json'), '{');
  expect(await nightlatch(['inspect', '--cases', '--data', data])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('01D.json is no test case'),
  });
});
