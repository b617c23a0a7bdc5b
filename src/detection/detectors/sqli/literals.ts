import { COMMON, DANGEROUS, METADATA } from './words.ts';

/** What a text holds when it is SQL without any sign that would show it. */
const ALWAYS =
  `waitfor waifor shutdown outfile dumpfile information_schema schema_name sysobjects sqlite_ rdb$ msysaccess openrowset utl_ dbms_ master..
   xp_cmd xp_dir xp_reg xp_file xp_sub xp_log xp_enum xp_avail sp_exec sp_oa sp_add sp_pass sp_conf sp_help sp_who sp_make
   pg_sleep pg_cat pg_read pg_ls pg_user pg_shadow pg_stat pg_tab pg_class pg_data pg_roles nvarchar varchar sysdate current_user
   @@ ::int ::text ::json ::bool )::  null,null 1=1 != <=> '+ +' '-' '/' '' }' }':: 'or 'and 'xor 'like 'union 'div 'mod 'not "or "and '|| ||
   /**/ /*! */or */and */union )or )and or( and( xor( (case`
    .split(/\s+/)
    .filter((word) => word !== '');

const PHRASES =
  "order by|group by|replace into|merge into|' or |' and |\" or |\" and |' ?|'?|' /|' sounds|'sounds|sounds like|case '|' like|' is|' in|' between|' rlike|' regexp|'rlike|'regexp| or '| and '|not between|or true|and true|or false|and false|or 1#|or 1-|or 1/|and 1#|and 1-|and 1/|'\t|'\n|'\r|' \t|' \n|is null|not null|not like|case when|' div|' mod|' not|' - '|' / '|' + '| xor|xor ".split(
    '|',
  );

/** Keywords count with what can stand between two words of SQL: alone they begin too many honest words. */
const KEYWORDS =
  'select union insert drop delete exec execute declare truncate having procedure alter grant update create copy call intersect except benchmark sleep regexp rlike'.split(
    ' ',
  );
const PARTS = [
  ' ',
  '(',
  '/',
  '\t',
  '\n',
  '\r',
  '\v',
  '\f',
  '\0',
  '+',
  '-',
  '#',
  '@',
  '*',
  "'",
  '"',
  '`',
  '[',
  '!',
  '~',
  '{',
  '.',
  '%',
];
/** Keywords that English has before a space, too: here a comment or an odd space has to follow. */
const COMMON_KEYWORDS = ['order', 'group', 'replace', 'merge', 'limit', 'where', "' or", "' and"];
const ODD_PARTS = ['/*', '\t', '\n', '\r', '+', '--'];
const AS_THEY_ARE = ['select', 'union'];

export const LITERALS: readonly string[] = [
  ...new Set([
    ...ALWAYS,
    ...PHRASES,
    ...KEYWORDS.flatMap((word) => PARTS.map((part) => word + part)),
    ...COMMON_KEYWORDS.flatMap((word) => ODD_PARTS.map((part) => word + part)),
    ...AS_THEY_ARE.flatMap((word) => ['/**/', '--', ' ', ')', "'", '/'].map((part) => part + word)),
    ...[...COMMON, ...METADATA, ...DANGEROUS]
      .filter((name) => /^[a-z0-9_]{3,20}$/.test(name))
      .map((name) => `${name}(`),
    // A comment behind a number.
    ...[...'0123456789'].flatMap((digit) => [
      `${digit}/*`,
      `${digit} /*`,
      `${digit}#`,
      `${digit}.e(`,
      `${digit}.e.`,
      `${digit}.e `,
      `case ${digit}`,
    ]),
  ]),
];
