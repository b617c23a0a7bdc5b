import { expect, it } from 'vitest';
import { parseConfig } from './parse-config.ts';

const bare = 'version: 1\nservices:\n  - name: app\n    routes: [{ match: { path: /x } }]\n';
const full = `${bare.replace('name: app', 'name: app\n    upstream: http://127.0.0.1:3000')}server:\n  listen: ["127.0.0.1:8080"]\n`;

it('services need an upstream in front of an application and none inside it', () => {
  expect(parseConfig(bare)).toMatchObject({ faults: [{ place: 'services[0].upstream' }] });
  const inside = parseConfig(bare, { insideApp: true });
  expect(inside).toMatchObject({ warnings: [], config: { services: [{ name: 'app' }] } });
});

it('what has no meaning inside an application is told, with its line', () => {
  expect(parseConfig(full)).toMatchObject({ warnings: [] });
  const inside = parseConfig(full, { insideApp: true });
  expect('warnings' in inside && inside.warnings.map(({ code, place, line }) => [code, place, line])).toEqual([
    ['unused-inside', 'services[0].upstream', 4],
    ['unused-inside', 'server.listen', 7],
  ]);
});

it('other faults are still faults', () => {
  const wrong = parseConfig(bare.replace('/x', 'x'), { insideApp: true });
  expect(wrong).toMatchObject({ faults: [{ place: 'services[0].routes[0].match.path' }] });
});
