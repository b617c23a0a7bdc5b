/** Functions that injected scripts call, to show themselves or to run text as code. */
export const SINKS: ReadonlySet<string> = new Set([
  'alert',
  'confirm',
  'prompt',
  'eval',
  'execscript',
  'settimeout',
  'setinterval',
  'setimmediate',
  'msgbox',
  'showmodaldialog',
]);

/** Functions that honest code calls as often: they count only where the code breaks out of something. */
export const HELPERS: ReadonlySet<string> = new Set([
  'atob',
  'btoa',
  'fetch',
  'import',
  'function',
  'print',
  'open',
  'write',
  'unescape',
]);

/** Names of the global object. */
export const GLOBALS: ReadonlySet<string> = new Set([
  'window',
  'self',
  'top',
  'parent',
  'frames',
  'this',
  'globalthis',
  'document',
]);

/** What a script takes from the page, or changes in it. */
export const PAGE_MEMBERS: ReadonlySet<string> = new Set([
  'cookie',
  'domain',
  'write',
  'writeln',
  'location',
  'body',
  'documentelement',
  'createelement',
  'queryselector',
  'queryselectorall',
  'getelementbyid',
  'getelementsbytagname',
  'getelementsbyname',
  'referrer',
  'scripts',
  'forms',
  'defaultview',
  'url',
  'documenturi',
  'name',
  'open',
  'alert',
  'eval',
  'localstorage',
  'sessionstorage',
  'onerror',
]);

/** The members of the page whose bare name, and nothing else, is already what a prober sends. */
export const TELLING_MEMBERS: ReadonlySet<string> = new Set(['cookie', 'domain', 'location', 'write', 'writeln']);

/** What is spelt out in brackets so that no filter reads it: `window['al' + 'ert']`. */
export const SPELT =
  /alert|confirm|prompt|eval|document|cookie|location|constructor|function|settimeout|setinterval|atob|fromcharcode|globaleval|write|\.source|tostring\(|^\$$|location\.hash/;

/** Words after which an expression stands. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  'return throw typeof void new delete in of do else await yield case instanceof'.split(' '),
);

export const ANCHOR =
  /(?<![\w$])(?:alert|confirm|prompt|eval|execscript|settimeout|setinterval|setimmediate|msgbox|showmodaldialog|atob|btoa|fetch|import|function|print|open|write|unescape|window|self|top|parent|frames|this|globalthis|document|location|constructor|onerror|call|apply|fromcharcode|xmlhttprequest|image|localstorage|sessionstorage|innerhtml|outerhtml|sendbeacon)(?![\w$])/g;
