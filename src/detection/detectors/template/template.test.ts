import { it } from 'vitest';
import { expectJudgesAnyText } from '../../testdata/judges-any-text.ts';
import { template } from './template.ts';

const PIECES = [
  '{{',
  '}}',
  '{%',
  '%}',
  '${',
  '}',
  '#{',
  '@{',
  '[',
  '@(',
  ')',
  '<%',
  '%>',
  '[[',
  ']]',
  '[#',
  '<#',
  '{php}',
  '{system(',
  '#set($',
  '$a.class.',
  '7',
  '*',
  '"',
  "'",
  '\\',
  '__class__',
  'config',
  '.',
  '|',
  '(',
  '?new()',
  'T(',
  ' if 1',
  '\n',
];

it('judges any text without throwing, and points into it', () => {
  expectJudgesAnyText(template, PIECES);
});
