import { it } from 'vitest';
import { expectJudgesAnyText } from '../../testdata/judges-any-text.ts';
import { xss } from './xss.ts';

const PIECES = [
  '<img src=x onerror=',
  '<script>',
  'javascript:',
  'alert',
  'alert(1)',
  'window[',
  ']',
  "';",
  '"',
  '`',
  '${',
  '-',
  '/*',
  '*/',
  'constructor',
  '.',
  '=',
  '(',
  ')',
  '![',
  '](',
  'style="',
  'url(',
  '\\61',
  '+ADw-',
  '\u00bc',
  '\u00be',
  '/script',
  ' onload=',
  '\n',
  '\0',
  "'+'",
];

it('judges any text without throwing, and points into it', () => {
  expectJudgesAnyText(xss, PIECES);
});
