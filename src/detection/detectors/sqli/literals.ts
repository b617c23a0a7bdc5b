import { COMMON, DANGEROUS, METADATA } from './words.ts';

/** Words that a text holds when it is SQL without any sign that would show it. Some are English, too, but seldom in short values. */
const WORDS =
  `union select sleep benchmark waitfor insert drop delete exec declare shutdown truncate having procedure outfile dumpfile
   information_schema schema_name sysobjects sqlite_ pg_ xp_ sp_ utl_ dbms_ rdb$ msys load_file openrowset extractvalue updatexml version( user(
   database( char( chr( concat( substr ascii( cast( convert( hex( iif( rlike regexp @@ 0x ::int )::::text ::json ::bool sysdate current_user
   null,null 1=1 != <=> '+ +' '-' '/' '' }' }':: nvarchar varchar declare xmltype randomblob 'or 'and 'xor 'like 'union "or "and '|| || like( (case intersect except
   master.. alter grant begin where/ where+ /**/ /*! */or */and */union )or )and or( and( xor`
    .split(/\s+/)
    .filter((word) => word !== '');

/** Words that count only with a space, or what stands for one, behind them: alone they are too common. */
const BEFORE_SPACE = [
  'order',
  'group',
  'update',
  'create',
  'replace',
  'merge',
  'call',
  'copy',
  'limit',
  'where',
  "' or",
  "' and",
];
const SPACES = ['/*', '\t', '\n', '\r', '+', '--'];
const WITH_SPACE = [
  "' sounds",
  'or true',
  'and true',
  'or false',
  'and false',
  'or 1#',
  'or 1-',
  'or 1/',
  'and 1#',
  'and 1-',
  'and 1/',
  "'\t",
  "'\n",
  "'\r",
  "' \t",
  "' \n",
  'is null',
  'not like',
  'case when',
  "' div",
  "' mod",
  "' not",
  "'div",
  "'mod",
  "'not",
  'not null',
  "' - '",
  "' / '",
  "' + '",
  'order by',
  'group by',
  'update ',
  'create ',
  'replace into',
  'merge into',
  'copy ',
  "' or ",
  "' and ",
  '" or ',
  '" and ',
];

/** A comment behind a number. */
const DIGITS = [...'0123456789'].flatMap((digit) => [
  `${digit}/*`,
  `${digit}#`,
  `${digit} /*`,
  `${digit} \t`,
  `${digit}\n`,
]);

export const LITERALS: readonly string[] = [
  ...new Set([
    ...WORDS,
    ...DIGITS,
    ...[...COMMON, ...METADATA, ...DANGEROUS]
      .filter((name) => /^[a-z0-9_]{3,20}$/.test(name))
      .map((name) => `${name}(`),
    ...WITH_SPACE,
    ...BEFORE_SPACE.flatMap((word) => SPACES.map((space) => word + space)),
  ]),
];
