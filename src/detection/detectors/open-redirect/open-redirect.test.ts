import { it } from 'vitest';
import { expectJudgesAnyText } from '../../testdata/judges-any-text.ts';
import { openRedirect } from './open-redirect.ts';

const PIECES = [
  '/',
  '\\',
  '//',
  'https:',
  'http:',
  'evil.example',
  '@',
  '.',
  '\t',
  '\n',
  '\0',
  '#',
  '?',
  '127.0.0.1',
  '[::1]',
  '%2f',
  '\u3002',
  'a',
  '..',
  ' ',
];

it('judges any text without throwing, and points into it', () => {
  expectJudgesAnyText(openRedirect, PIECES);
});
