/** Member chains, imports and statements that lead out of a language's sandbox. Patterns read compact code (see compact.ts). */
export type Chain = {
  readonly technique: string;
  readonly confidence: number;
  /** The pattern's rarest part: without it the pattern is not tried. */
  readonly hint: string;
  readonly pattern: RegExp;
};

const MODULES =
  '(?:node:)?(?:child_process|fs|fs/promises|net|vm|os|http|https|cluster|worker_threads|module|repl|dgram|tls|process|inspector)';

export const NODE: readonly Chain[] = [
  {
    technique: 'node-require',
    confidence: 90,
    hint: 'require',
    pattern: new RegExp(`(?:^|[^\\w])(?:require|_load)\\(["\\s]{0,2}${MODULES}`),
  },
  { technique: 'node-require', confidence: 80, hint: 'child_process', pattern: /child_process(?:"|\)|\.)/ },
  {
    technique: 'node-require',
    confidence: 85,
    hint: 'require',
    pattern: /\brequire(?:\.main|\.cache|\.resolve|\[req\b|;x=)/,
  },
  { technique: 'node-import', confidence: 90, hint: 'import(', pattern: new RegExp(`\\bimport\\("${MODULES}"`) },
  {
    technique: 'node-process',
    confidence: 90,
    hint: 'process',
    pattern:
      /\bprocess(?:\.|\[)(?:mainmodule|binding|dlopen|_linkedbinding|kill\(|exit\(|getbuiltinmodule|constructor)/,
  },
  {
    technique: 'node-process',
    confidence: 90,
    hint: 'process',
    pattern: /\b(?:global|globalthis|root)(?:\.|\[)["]?process\b/,
  },
  {
    technique: 'node-process',
    confidence: 80,
    hint: 'process',
    pattern: /^[^a-z]{0,4}process(?:\.env\b|\.argv\b|\.cwd\(|\.version\b|\.platform\b|\[req\b)/,
  },
  {
    technique: 'js-constructor',
    confidence: 90,
    hint: 'constructor',
    pattern: /\bconstructor\.constructor\b|\bconstructor\("return|constructor:constructor/,
  },
  {
    technique: 'js-function',
    confidence: 90,
    hint: 'function',
    pattern: /(?:^|[^\w.])(?:new )?function\("(?:return|.{0,60}\))/,
  },
  {
    technique: 'js-function',
    confidence: 75,
    hint: 'function',
    pattern: /^[^\w]{0,4}new function\(|^[^\w$]{0,4}function\(\)\{/,
  },
  {
    technique: 'js-eval',
    confidence: 90,
    hint: 'fromcharcode',
    pattern: /(?:eval|settimeout|function)\(string\.fromcharcode/,
  },
  { technique: 'js-module', confidence: 80, hint: 'module.exports', pattern: /\bmodule\.exports=/ },
  {
    technique: 'js-console',
    confidence: 75,
    hint: 'console.',
    pattern: /^[^\w]{0,4}console\.(?:info|error|dir|table|debug|trace)(?:\.call|\.apply|\.bind)?\(/,
  },
  {
    technique: 'js-loop',
    confidence: 80,
    hint: 'while(',
    pattern:
      /^[^\w]{0,4}while\((?:[!+-]{0,3}(?:true|false|\d|infinity|"|null|undefined|nan|\{|\[)|\(?true|new date|this\)|string\))/,
  },
  {
    technique: 'react-flight',
    confidence: 90,
    hint: '_response',
    pattern: /"_response":\{?"(?:_prefix|\$)|resolved_model/,
  },
];

export const PYTHON: readonly Chain[] = [
  { technique: 'python-import', confidence: 90, hint: '__import__', pattern: /__import__\("?\w/ },
  {
    technique: 'python-os',
    confidence: 85,
    hint: 'os.',
    pattern:
      /(?:^|[^\w.])os\.(?:system|popen\d?|exec[lv]p?e?|spawn\w{1,4}|startfile|fork|kill|remove|environ\b|listdir)(?:\(|\[)?["([\w]/,
  },
  {
    technique: 'python-subprocess',
    confidence: 90,
    hint: 'subprocess.',
    pattern: /subprocess\.(?:popen|call|run|check_output|check_call|getoutput|getstatusoutput)\(/,
  },
  {
    technique: 'python-sandbox',
    confidence: 90,
    hint: '__',
    pattern:
      /__(?:class|bases?|subclasses|mro|globals|builtins|getattribute|code|dict|init|reduce|loader)__(?:\.|\(|\[).{0,60}(?:__\w{2,20}__|\()/,
  },
  { technique: 'python-sandbox', confidence: 90, hint: '__subclasses__', pattern: /__subclasses__\(/ },
  {
    technique: 'python-import',
    confidence: 80,
    hint: 'import ',
    pattern:
      /(?:^|[;"(\n])(?:from (?:os|subprocess|pty|socket|ctypes) )?import (?:os|subprocess|pty|socket|system|popen|ctypes)(?:[;,"\n]|$)/,
  },
  { technique: 'python-import', confidence: 90, hint: 'import_module', pattern: /importlib\.import_module\(/ },
  { technique: 'python-pty', confidence: 90, hint: 'pty.spawn', pattern: /pty\.spawn\(/ },
  {
    technique: 'python-open',
    confidence: 85,
    hint: 'open(',
    pattern: /\bopen\("\/(?:etc|proc|root|var|home)\/[^)]{0,100}\)?/,
  },
  { technique: 'python-compile', confidence: 90, hint: 'compile(', pattern: /(?:eval|exec)\(compile\(/ },
];

export const RUBY: readonly Chain[] = [
  {
    technique: 'ruby-kernel',
    confidence: 90,
    hint: 'kernel',
    pattern: /\bkernel[.:]{1,2}(?:exec|exit|system|spawn|fork|open|eval|send|`)/,
  },
  {
    technique: 'ruby-process',
    confidence: 90,
    hint: 'process.',
    pattern: /\bprocess\.(?:spawn|exec|fork|daemon|clock_gettime)\(?"?\w/,
  },
  {
    technique: 'ruby-popen',
    confidence: 90,
    hint: 'popen',
    pattern: /\b(?:io|open3|pty)\.(?:popen\d?e?|capture\d?e?|spawn|pipeline)\(?["(]/,
  },
  { technique: 'ruby-percent', confidence: 85, hint: '%x', pattern: /(?:^|[^\w%])%x[({[<|!/]\s{0,2}[a-z/$]/ },
  {
    technique: 'ruby-interpolation',
    confidence: 85,
    hint: '#{',
    pattern: /#\{[^}]{0,20}(?:system|exec|spawn|eval|runtime|require|open|file\.|io\.|dir\.|env)[\s.("[%]/,
  },
  {
    technique: 'ruby-file',
    confidence: 85,
    hint: 'file.',
    pattern: /\b(?:file|io|dir)\.(?:read|open|readlines|binread|write|entries|glob)\("?\/?(?:etc|proc|root|tmp|\.\.)/,
  },
  {
    technique: 'ruby-send',
    confidence: 85,
    hint: 'send(',
    pattern: /\.(?:__send__|public_send|send)\(:(?:system|eval|exec|instance_eval|open)/,
  },
  { technique: 'ruby-eval', confidence: 85, hint: '_eval', pattern: /\b(?:instance|class|module)_eval(?:\(|\{|")/ },
  {
    technique: 'ruby-require',
    confidence: 80,
    hint: 'require"',
    pattern: /\brequire"(?:open3|socket|net\/http|pty|fiddle)"/,
  },
];

export const PERL: readonly Chain[] = [
  { technique: 'perl-interpolation', confidence: 90, hint: '@{[', pattern: /@\{\[.{1,300}/ },
  { technique: 'perl-interpolation', confidence: 85, hint: '${\\', pattern: /\$\{\\\s?(?:system|exec|`|"|\w{2,20}\()/ },
  { technique: 'perl-qx', confidence: 85, hint: 'qx', pattern: /(?:^|[^\w])qx[{(/|!]\s{0,2}[a-z/]/ },
  { technique: 'perl-socket', confidence: 90, hint: 'use socket', pattern: /use socket;|io::socket::inet/ },
  {
    technique: 'perl-open',
    confidence: 85,
    hint: 'open',
    pattern: /\bopen\(?\w{1,20},"(?:\||<|>)?(?:\/etc|[^"]{1,80}\|")/,
  },
];

export const JAVA: readonly Chain[] = [
  {
    technique: 'java-runtime',
    confidence: 95,
    hint: 'getruntime',
    pattern: /\bgetruntime\(?\)?(?:\.|\))|runtime\.getruntime/,
  },
  {
    technique: 'java-process',
    confidence: 90,
    hint: 'processbuilder',
    pattern: /new (?:java\.lang\.)?processbuilder\(|processbuilder\(\[?["\w{]/,
  },
  {
    technique: 'java-reflection',
    confidence: 90,
    hint: 'forname(',
    pattern: /\bforname\(\s?"?(?:java|javax|sun|com|org|[a-z]{1,12}\b)/,
  },
  {
    technique: 'java-reflection',
    confidence: 85,
    hint: 'getclass()',
    pattern:
      /\.getclass\(\)\.(?:forname|getclassloader|getmethods?|getresource|getdeclared\w{3,14}|getprotectiondomain|protectiondomain|newinstance)/,
  },
  {
    technique: 'java-classloader',
    confidence: 95,
    hint: 'class',
    pattern:
      /\bclass[.[]+"?(?:module[.[\]"]{1,3})?classloader\b|\bclass\.(?:protectiondomain|module)\b|\bclassloader\.(?:resources|uris|parent|defaultassertionstatus|loadclass|urls)\b/,
  },
  { technique: 'java-el', confidence: 95, hint: 't(', pattern: /(?:^|[^\w])t\(java\.(?:lang|util|io|net)\.\w/ },
  {
    technique: 'java-script-engine',
    confidence: 90,
    hint: 'scriptengine',
    pattern: /scriptenginemanager\(/,
  },
  { technique: 'java-script-engine', confidence: 90, hint: 'getenginebyname', pattern: /getenginebyname\(/ },
  { technique: 'groovy-execute', confidence: 90, hint: '.execute(', pattern: /"\]?\.execute\(\)|\]\.execute\(\)/ },
  {
    technique: 'struts-ognl',
    confidence: 95,
    hint: 'ognl',
    pattern: /ognl\.(?:ognlcontext|memberaccess|ognlutil)|@ognl/,
  },
  {
    technique: 'struts-ognl',
    confidence: 95,
    hint: 'xwork',
    pattern: /com\.opensymphony\.xwork|xwork\.methodaccessor|#_memberaccess/,
  },
  { technique: 'struts-ognl', confidence: 95, hint: '_memberaccess', pattern: /#?_memberaccess\b/ },
  {
    technique: 'struts-ognl',
    confidence: 90,
    hint: '#context',
    pattern: /#context\[|@java\.lang\.\w|#(?:parameters|session|request|application)\.[\w.]{1,40}@/,
  },
  {
    technique: 'java-system',
    confidence: 85,
    hint: 'system.',
    pattern:
      /(?:^|[^\w])(?:java\.lang\.)?system\.(?:getenv|getproperty|getproperties|setproperty|exit|loadlibrary|setsecuritymanager)\(/,
  },
  {
    technique: 'scala-process',
    confidence: 85,
    hint: 'sys.process',
    pattern: /scala\.sys\.process|import sys\.process/,
  },
  {
    technique: 'java-new',
    confidence: 85,
    hint: 'new java',
    pattern: /\bnew javax?\.(?:io|net|lang|util|script)\.\w{2,40}\(/,
  },
];

export const DOTNET: readonly Chain[] = [
  {
    technique: 'dotnet-process',
    confidence: 90,
    hint: 'process',
    pattern: /system\.diagnostics\.process\b|\bprocess\.start\(\s?["\w]|new processstartinfo\(/,
  },
  {
    technique: 'dotnet-reflection',
    confidence: 85,
    hint: 'assembly',
    pattern: /(?:system\.reflection\.)?\bassembly\.(?:load|loadfrom|loadfile|getexecutingassembly)\(/,
  },
  { technique: 'dotnet-reflection', confidence: 80, hint: 'activator', pattern: /\bactivator\.createinstance\b/ },
  { technique: 'dotnet-reflection', confidence: 80, hint: 'gettype(', pattern: /\btype\.gettype\("/ },
  {
    technique: 'dotnet-io',
    confidence: 80,
    hint: 'system.io',
    pattern: /system\.io\.(?:file|directory|streamreader|streamwriter|path)\b/,
  },
];
