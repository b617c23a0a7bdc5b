import { API_KEY_PREFIX } from '../../../platform/api-key.ts';
import type { Span } from './span.ts';

type SecretShape = { readonly kind: string; readonly source: string };

/** Credentials that can be told by their shape. What a browser may know (publishable keys) is not among them. */
const SHAPES: readonly SecretShape[] = [
  { kind: 'Stripe secret key', source: '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}' },
  { kind: 'webhook signing secret', source: 'whsec_[A-Za-z0-9+/=]{24,}' },
  { kind: 'AWS access key', source: '(?:AKIA|ASIA)[0-9A-Z]{16}' },
  { kind: 'Google API key', source: 'AIza[0-9A-Za-z_-]{35}' },
  { kind: 'Google OAuth secret', source: 'GOCSPX-[0-9A-Za-z_-]{20,}' },
  { kind: 'GitHub token', source: '(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})' },
  { kind: 'GitLab token', source: 'glpat-[A-Za-z0-9_-]{20,}' },
  { kind: 'Slack token', source: 'xox[abeprs]-[A-Za-z0-9-]{20,}' },
  {
    kind: 'Slack webhook',
    source: 'https://hooks\\.slack\\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{16,}',
  },
  { kind: 'Shopify token', source: 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}' },
  { kind: 'Square token', source: 'sq0(?:csp|atp)-[A-Za-z0-9_-]{22,}' },
  { kind: 'SendGrid key', source: 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}' },
  { kind: 'Mailchimp key', source: '[0-9a-f]{32}-us[0-9]{1,2}' },
  { kind: 'Mailgun key', source: 'key-[0-9a-f]{32}' },
  { kind: 'Brevo key', source: 'xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}' },
  { kind: 'OpenAI key', source: 'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}' },
  { kind: 'Anthropic key', source: 'sk-ant-[A-Za-z0-9_-]{40,}' },
  { kind: 'npm token', source: 'npm_[A-Za-z0-9]{36}' },
  { kind: 'Telegram bot token', source: '[0-9]{8,10}:AA[A-Za-z0-9_-]{33}' },
  { kind: 'Nightlatch key', source: `${API_KEY_PREFIX}[0-9A-Za-z]{32,}_[0-9A-Za-z]{4,8}` },
  { kind: 'private key', source: '-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----[^-]{40,}' },
  {
    kind: 'database password',
    source:
      '(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\\+srv)?|redis|rediss|amqps?)://[^\\s:/@"\'<>]{0,64}:[^\\s/@"\'<>]{3,128}@',
  },
  {
    kind: 'password hash',
    source: '\\$(?:2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}|argon2(?:id|i|d)\\$v=[0-9]+\\$[^\\s"\'<>]{40,})',
  },
];

/** Something of the kind must be there at all: one quick look spares most answers the slow one. */
const HINT =
  /(?:sk|rk)_(?:live|test)_|whsec_|A[KS]IA|AIza|GOCSPX-|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|hooks\.slack|shp(?:at|ca|pa|ss)_|sq0|SG\.|-us[0-9]|key-[0-9a-f]|xkeysib-|sk-(?:proj|svcacct|admin|ant)-|npm_|:AA|-----BEGIN|:\/\/[^\s/"']{0,64}:[^\s/"']{3,}@|\$2[aby]\$|\$argon2/;
const ANY = new RegExp(`(?<![A-Za-z0-9_])(?:${SHAPES.map(({ source }, i) => `(?<s${i}>${source})`).join('|')})`, 'g');

/** Credentials in a text, told by their shape. */
export function findSecrets(text: string): Span[] {
  if (text.includes(API_KEY_PREFIX) === false && !HINT.test(text)) return [];
  const found: Span[] = [];
  ANY.lastIndex = 0;
  for (let match = ANY.exec(text); match !== null; match = ANY.exec(text)) {
    const group = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? 's0';
    const kind = SHAPES[Number(group.slice(1))]?.kind ?? 'secret';
    found.push({ start: match.index, end: match.index + match[0].length, kind });
  }
  return found;
}
