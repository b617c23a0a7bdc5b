import type { Chain } from './chains.ts';

/** Turns of PHP beside its calls. Patterns read compact code (see compact.ts), where every quote is a double one. */
export const PHP: readonly Chain[] = [
  {
    technique: 'php-called-expression',
    confidence: 85,
    hint: 'define(',
    pattern: /define\("\w{1,20}",\[{0,3}"(?:system|exec|passthru|shell_exec|eval|assert)"/,
  },
  {
    technique: 'php-tag',
    confidence: 95,
    hint: '<?',
    pattern: /<\?(?:php(?![\w-])|=\s?["$\w(]|xml:|xml\(\);)/,
  },
  { technique: 'php-tag', confidence: 80, hint: 'php', pattern: /[[{][/\\]?php[\]}]/ },
  {
    technique: 'php-superglobal',
    confidence: 85,
    hint: '$_',
    pattern: /\$_\s?(?:get|post|request|cookie|server|files|env|session|s erver)(?:\[|\.|=|;|\b(?=[^\w]))/,
  },
  { technique: 'php-superglobal', confidence: 85, hint: '$globals', pattern: /\$globals(?:\[|\.)/ },
  {
    technique: 'php-wrapper',
    confidence: 90,
    hint: '://',
    pattern:
      /(?:^|[^\w])(?:php:\/\/(?:filter|input|stdin|stdout|output|memory|temp|fd)|phar:\/\/|expect:\/\/|zip:\/\/|rar:\/\/|ogg:\/\/|glob:\/\/|compress\.(?:zlib|bzip2):\/\/|zlib:|ssh2\.(?:shell|exec|tunnel|sftp|scp):\/\/)/,
  },
  {
    technique: 'php-variable-function',
    confidence: 80,
    hint: '$',
    pattern: /(?:^|[^\w])[@$]{0,4}\$[a-z_]\w{0,40}(?:[[{][^\]}]{0,40}[\]}]{1,2}|\.\$\w{1,30}){0,4}\((?=["\d$@)])/,
  },
  {
    technique: 'php-variable-function',
    confidence: 85,
    hint: '${',
    pattern: /\$\{[^}]{0,60}\}(?:[[{][^\]}]{0,40}[\]}]{1,2}){0,3}\((?=["\d$@)])/,
  },
  { technique: 'php-variable-function', confidence: 85, hint: '$', pattern: /\(\$\w{1,40}\)\(|::\$\w{1,40}\(/ },
  { technique: 'php-complex-variable', confidence: 85, hint: '{${', pattern: /\{\$\{@?\w{2,40}\(/ },
  { technique: 'php-complex-variable', confidence: 85, hint: '${', pattern: /\$\{@\w{2,40}\(|\$\{"\w{1,40}"\}/ },
  {
    technique: 'php-regex-eval',
    confidence: 90,
    hint: 'preg_replace(',
    pattern: /preg_replace\("([/#~!@|%]).{0,60}\1[imsxu]{0,5}e[imsxu]{0,5}"/,
  },
];

const CALLABLE =
  /^[;|&]{0,4}(?:return ?|\(string\)|\$\w{1,20}=[^;]{0,60};){0,3}([(["{@][\w".()[\]{}@\\]{1,80})\([^()]{0,120}\)?[;.\w]{0,6}$/;
const NAMES =
  /^(?:string)?(?:system|exec|passthru|shellexec|popen|procopen|eval|assert|phpinfo|printr|vardump|readfile|filegetcontents|highlightfile|showsource|callusefunc|createfunction|pcntlexec|include|require)\d?$/;

/** `(sy.(st).em)('id')`, `["system"][0](id)`: the name of a function as an expression, called. */
export function isCalledExpression(compact: string): boolean {
  if (compact.length > 400 || !/^[;|&\s]{0,4}(?:return|define|[$(["{@])/.test(compact)) return false;
  const head = CALLABLE.exec(compact)?.[1];
  return head !== undefined && NAMES.test(head.replace(/[^a-z]/g, ''));
}

/** Settings of PHP that open it up, as they are set in a request or a file. */
const DIRECTIVE =
  /^[\s"'-]{0,4}d?\s?(?:allow_url_(?:include|fopen)|auto_(?:prepend|append)_file|disable_(?:functions|classes)|open_basedir|extension_dir|extension|zend_extension|memory_limit|safe_mode(?:_\w{1,20})?|short_open_tag|unserialize_(?:max_depth|callback_func)|include_path|error_log|enable_dl|user_ini\.\w{1,20}|sendmail_path|assert\.\w{1,20}|(?:opcache|mbstring|session|suhosin|xdebug|phar|cgi|fastcgi|soap|sqlite3?|filter|highlight|mail|curl|openssl|pcre|zlib|ffi)\.[a-z_]{3,50})\s{0,8}=/;

export function isDirective(lower: string): boolean {
  return lower.length < 400 && DIRECTIVE.test(lower);
}

const SHORT_TAG =
  /<\?\s{1,40}(?:php\b|\$\w|(?:echo|print|exec|system|eval|include|require|return|if|foreach|while|passthru|shell_exec|@)\b|[a-z_]\w{1,40}\s{0,4}\()/;

/** `<? …`: the blank is what tells it from an instruction of XML, and compact code has none. */
export function hasShortTag(lower: string): boolean {
  return lower.includes('<?') && SHORT_TAG.test(lower);
}
