/** Texts that cost a careless scanner more than their length: each made as long as it is asked for. */
export type HostileText = { readonly label: string; make(length: number): string };

const MARKS = [...'\'"`<>()[]{}|&;$\\/%:=#*,@!^~.+-_?\n\t\r \0aA01'];

/** Openings that may never be closed: quotes, comments, tags, brackets, escapes. */
const OPENINGS = [
  ...[
    "'",
    '"',
    '`',
    "x'",
    "n'",
    "q'[",
    '$$',
    '$a$',
    '/*',
    '/*!',
    '--',
    '#',
    '<!--',
    '<![CDATA[',
    '<?',
    '<!',
    '</',
    '<a ',
  ],
  ...[
    '<a b=',
    '<a b="',
    "<a b='",
    '<script>',
    '<style>',
    '<svg><',
    '{{',
    '{%',
    '${',
    '#{',
    '<%',
    '*{',
    '$(',
    '$((',
    '`',
    '<<',
  ],
  ...[
    '((',
    '[[',
    '{"a":',
    '[{',
    '{"',
    '(|(',
    '(&(',
    '(!(',
    '{"$',
    '@{',
    '%{',
    '..',
    '../',
    '..\\',
    '....//',
    '%2e',
    '//',
  ],
  ...[
    'javascript:',
    'data:',
    'data:text/html,',
    'http://',
    'http://a@',
    'http://[',
    'jndi:',
    '${jndi:',
    '${lower:',
    'php://',
  ],
  ...[
    'O:1:"',
    'a:1:{',
    'rO0AB',
    '%25',
    '%2525',
    '%u00',
    '&#',
    '&#x',
    '&lt;',
    '&amp;',
    '&amp;amp;',
    '\\u',
    '\\x',
    '\\u0027',
  ],
  ...[
    'a=1&',
    'a[]=1&',
    'a;',
    'a,',
    'a.',
    'a|',
    'a(',
    '(a',
    'a()',
    'a[0]',
    'a::',
    'a->',
    "''",
    '""',
    "\\'",
    '\\"',
    "'||'",
    "' '",
  ],
  ...[
    '+ADw-',
    '=?utf-8?',
    '\r\na:',
    '\r\n\r\n',
    '%0d%0a',
    '%00',
    '\u200b',
    '\uff1c',
    '\u0000',
    '\ud800',
    'é',
    '😀',
    '%c0%ae',
  ],
];

/** Words of each language that a detector listens to. */
const WORDS = [
  ...[
    'select ',
    'union ',
    'union select ',
    'or 1=1 ',
    "' or '",
    'and ',
    'not ',
    'case when ',
    'select(',
    'char(1)',
    'sleep(',
    '1;',
  ],
  ...[
    '0x',
    '1e',
    '1.',
    '@@',
    'like ',
    'in(',
    'from a,',
    'insert into ',
    'drop table ',
    'exec ',
    'declare @a ',
    'waitfor ',
  ],
  ...[
    '<script',
    '<img ',
    ' onload=',
    ' style=',
    'expression(',
    'alert(',
    'eval(',
    'constructor',
    '__proto__',
    'prototype[',
  ],
  ...[
    'cat ',
    ';cat ',
    '|id',
    '&&',
    '||',
    '$IFS',
    '$' + '{IFS}',
    '/bin/',
    '/???/',
    'cmd /c ',
    'powershell -',
    '^c^a^t',
    'wget http',
  ],
  ...[
    '/etc/passwd',
    'C:\\',
    'file://',
    '{"$ne":',
    '{"$where":"',
    '$gt',
    'ObjectId(',
    'this.a==',
    'function(){',
    '=>',
    'require(',
  ],
  ...[
    '{{7*7}}',
    '{{a|',
    "''.__class__",
    'T(java.',
    '#set($',
    '<#assign ',
    'import ',
    'new ',
    'System.',
    'Runtime.',
    'process.',
  ],
  ...[
    '<!ENTITY a "',
    '<!DOCTYPE a [',
    '&a;',
    '<a xmlns:',
    '*)(',
    '(uid=*',
    "'] | //",
    'count(/',
    'bcc: ',
    'Content-Type: ',
  ],
  ...[
    '10.0.0.1',
    '0x7f.',
    '127.1/',
    'localhost',
    '169.254.',
    'query{a{',
    '{a ',
    'fragment a on ',
    '...a ',
    '@include(',
    'the ',
  ],
];

/** Runs of every mark, every pair of marks, and every opening and word over and over. */
export function repeated(): HostileText[] {
  const pairs = MARKS.flatMap((one) => MARKS.map((other) => (one === other ? one : one + other)));
  return [...new Set([...pairs, ...OPENINGS, ...WORDS])].map((piece) => ({
    label: `${JSON.stringify(piece)} × n`,
    make: (length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length),
  }));
}

/** Texts with a shape: nests that close again, an opening with much behind it, a long chain with one thing at its end. */
export function shaped(): HostileText[] {
  return [
    ...[...'([{<'].map((open) => nest(open, { '(': ')', '[': ']', '{': '}', '<': '>' }[open] ?? '')),
    ...OPENINGS.map((opening) => led(opening, 'a')),
    ...["'", '"', '/*', '<!--', '<a ', '<a b="', '{{', '$('].flatMap((opening) => [
      led(opening, 'a '),
      led(opening, '\\'),
    ]),
    ...["'", '"', ')', '}}', '>', '-->', '*/', ';', '=', '@', ':'].map((end) => ({
      label: `"a" × n, then ${JSON.stringify(end)}`,
      make: (length: number) => 'a'.repeat(length - end.length) + end,
    })),
    nest('{"a":', '}', '1'),
    nest('[', ']', '1'),
    nest('<a>', '</a>', 'x'),
    nest('{a', '}', ' b'),
    { label: 'base64 of base64 …', make: baseOfBase },
    {
      label: 'base64 of words',
      make: (length) => Buffer.from('select a from b; '.repeat(length)).toString('base64').slice(0, length),
    },
    {
      label: 'hex of words',
      make: (length) => Buffer.from('cat /etc/passwd; '.repeat(length)).toString('hex').slice(0, length),
    },
    {
      label: 'all bytes in turn',
      make: (length) => Array.from({ length }, (_, i) => String.fromCharCode(i % 256)).join(''),
    },
    { label: 'names of a list of their own', make: (length) => numbered(length, (i) => `"k${i}":${i},`) },
    { label: 'parameters of their own', make: (length) => numbered(length, (i) => `k${i}=${i}&`) },
    { label: 'tags of their own', make: (length) => numbered(length, (i) => `<t${i}>`) },
    { label: 'quotes and words', make: (length) => numbered(length, (i) => `'a${i}' "b" or /*c*/ `) },
    { label: 'prose', make: (length) => numbered(length, (i) => `The order no. ${i} has come, and it's all fine. `) },
  ];
}

function nest(open: string, close: string, middle = ''): HostileText {
  const depthOf = (length: number): number => Math.floor((length - middle.length) / (open.length + close.length));
  return {
    label: `${JSON.stringify(open)} and ${JSON.stringify(close)} nested`,
    make: (length) => open.repeat(depthOf(length)) + middle + close.repeat(depthOf(length)),
  };
}

function led(opening: string, filler: string): HostileText {
  return {
    label: `${JSON.stringify(opening)}, then ${JSON.stringify(filler)} × n`,
    make: (length) => (opening + filler.repeat(length)).slice(0, length),
  };
}

function numbered(length: number, piece: (i: number) => string): string {
  const pieces: string[] = [];
  let size = 0;
  for (let i = 0; size < length; i++) {
    const next = piece(i);
    pieces.push(next);
    size += next.length;
  }
  return pieces.join('').slice(0, length);
}

function baseOfBase(length: number): string {
  let text = "' or 1=1 -- ".repeat(Math.ceil(length / 64));
  while (text.length < length) text = Buffer.from(text).toString('base64');
  return text.slice(0, length);
}
