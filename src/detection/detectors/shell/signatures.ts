import { CONFIDENCE, type Evidence } from '../../evidence.ts';

/** Turns of phrase that lead to a shell without being commands themselves. */
type Signature = {
  readonly technique: string;
  readonly confidence: number;
  readonly hint: string;
  readonly pattern: RegExp;
};

const SIGNATURES: readonly Signature[] = [
  // CVE-2014-6271 and its kin: bash took functions from the environment and ran what followed.
  {
    technique: 'shellshock',
    confidence: CONFIDENCE.certain,
    hint: '{',
    pattern: /\(\s{0,4}\)\s{0,4}\{\s{0,4}(?::|_\s{0,2};|[a-z]{1,8}\s{0,2};\s{0,2}\}\s{0,2};)/,
  },
  { technique: 'shellshock', confidence: CONFIDENCE.certain, hint: '{', pattern: /^\s{0,8}\(\s{0,4}\)\s{0,4}\{/ },
  {
    technique: 'fork-bomb',
    confidence: CONFIDENCE.certain,
    hint: '{',
    pattern:
      /([\w.:]{1,20})\s{0,2}\(\s{0,2}\)\s{0,2}\{\s{0,4}\1(?:\(\))?\s{0,4}[|&]\s{0,4}\1\b|:\(\)\s{0,2}\{\s{0,4}:\s{0,4}[|&]|\.\(\)\s{0,2}\{\s{0,4}\.\s{0,4}[|&]/,
  },
  // Server-side includes (Apache's mod_include).
  { technique: 'ssi-exec', confidence: CONFIDENCE.certain, hint: '<!--#', pattern: /<!--#\s{0,4}exec\b/ },
  {
    technique: 'ssi',
    confidence: 85,
    hint: '<!--#',
    pattern: /<!--#\s{0,4}(?:include|echo|printenv|config|fsize|flastmod|set|if|elif)\b/,
  },
  {
    technique: 'network-redirection',
    confidence: CONFIDENCE.certain,
    hint: '/dev/',
    pattern: /\/dev\/(?:tcp|udp)\/[\w.$]{1,60}\/[\w$]/,
  },
  // ImageMagick and ffmpeg delegates (CVE-2016-3714, CVE-2016-1897).
  {
    technique: 'delegate',
    confidence: CONFIDENCE.certain,
    hint: 'graphic-context',
    pattern: /push\s{1,4}graphic-context/,
  },
  {
    technique: 'delegate',
    confidence: CONFIDENCE.certain,
    hint: '|',
    pattern:
      /(?:fill|image|xlink:href|url)\s{0,4}[=(]{0,2}\s{0,4}["']{0,2}(?:url\(|ephemeral:|https?:)[^|\n]{0,200}["'`]\s{0,2}\|/,
  },
  {
    technique: 'delegate',
    confidence: CONFIDENCE.certain,
    hint: 'concat:',
    pattern: /\bconcat:(?:https?|file):\/\/[^|\s]{1,200}\|/,
  },
  {
    technique: 'powershell',
    confidence: CONFIDENCE.certain,
    hint: '.download',
    pattern: /\.download(?:string|file|data)\s{0,4}\(/,
  },
  {
    technique: 'powershell',
    confidence: CONFIDENCE.certain,
    hint: 'new-object',
    pattern:
      /new-object\s{1,8}(?:-\w{1,12}\s{1,8})?["']?(?:system\.)?(?:net\.(?:webclient|sockets)|io\.|diagnostics\.process|management)/,
  },
  {
    technique: 'powershell',
    confidence: 85,
    hint: ']::',
    pattern:
      /\[(?:system\.)?(?:convert|text\.encoding|net\.\w{1,40}|reflection\.assembly|diagnostics\.process|io\.\w{1,20}|environment|runtime\.interopservices\.\w{1,20})\]::\w/,
  },
  { technique: 'powershell', confidence: CONFIDENCE.certain, hint: 'iex', pattern: /(?:^|[\s;|&(])iex\s{0,4}[($"'&]/ },
  {
    technique: 'powershell',
    confidence: CONFIDENCE.certain,
    hint: '-enc',
    pattern: /\s-enc(?:odedcommand)?\s{1,8}[a-z0-9+/]{20}/,
  },
  // What sqlite3's own prompt runs.
  {
    technique: 'sqlite-dot-command',
    confidence: 85,
    hint: 's',
    pattern: /(?:^|[;\n]|\\n)["']?\s{0,8}\.\s?["'\\]{0,3}(?:shell|system|sh)\s{1,8}\w/,
  },
];

/** Options that make a known program write, load or run something (CWE-88). */
const ARGUMENT =
  /^\s{0,4}["']?(?:--(?:use-askpass|upload-pack|receive-pack|use-compress-program|to-command|rsh-command|checkpoint-action|exec|post-file|body-file|proxy-command|to-stdout-command|gpg-program|rsync-path)[= ]\s{0,2}["']?[\w/.$`~]|--(?:output(?:-document)?|exec-path|config|load-extension|plugin-dir|init-file|rcfile)[= ]\s{0,2}["']?[/$`~.]|-o\s{0,2}proxycommand\s{0,2}[= ]|-[oOTKxf]\s{0,2}\/(?:tmp|var|etc|home|usr|dev|root)\/|-d\s{0,2}(?:allow_url_include|auto_prepend_file)|-c\s{0,2}(?:core\.(?:sshcommand|pager|fsmonitor)|protocol\.ext)|-exec(?:dir)?\s|ext::sh\b)/i;

export function findSignature(lower: string): Evidence | null {
  for (const { technique, confidence, hint, pattern } of SIGNATURES) {
    if (!lower.includes(hint)) continue;
    const match = pattern.exec(lower);
    if (match !== null) return { technique, confidence, start: match.index, end: match.index + match[0].length };
  }
  const argument = ARGUMENT.exec(lower);
  if (argument !== null) return { technique: 'argument-injection', confidence: 80, start: 0, end: argument[0].length };
  return null;
}
