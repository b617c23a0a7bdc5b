import type { SignedIn } from '../../../src/contracts/api/account.ts';
import type { TestApi } from './test-api.ts';

export const OWNER = {
  businessName: 'Blue Door Bakery',
  name: 'Anna Weber',
  email: 'anna@bluedoor.example',
  passphrase: 'quiet harbour violet tractor',
};

/** What a browser does for the console: keeps the cookie, says where it comes from, sends the session's token back. */
export class Browser {
  readonly #url: string;
  cookie: string | null = null;
  csrf: string | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  async call(method: string, path: string, body?: unknown, extra: Record<string, string> = {}): Promise<Response> {
    const headers: Record<string, string> = { origin: this.#url, 'sec-fetch-site': 'same-origin' };
    if (this.cookie !== null) headers.cookie = this.cookie;
    if (this.csrf !== null) headers['x-csrf-token'] = this.csrf;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const init: RequestInit = { method, headers: { ...headers, ...extra } };
    if (body !== undefined) init.body = JSON.stringify(body);
    const answer = await fetch(this.#url + path, init);
    for (const line of answer.headers.getSetCookie()) {
      const pair = line.split(';')[0] ?? '';
      this.cookie = pair.endsWith('=') ? null : pair;
    }
    return answer;
  }

  /** The parsed body. Throws with the body when the status is another one. */
  async json<T>(status: number, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call(method, path, body);
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async signIn(passphrase = OWNER.passphrase, code?: string): Promise<Response> {
    const request = { email: OWNER.email, passphrase, ...(code === undefined ? {} : { code }) };
    const answer = await this.call('POST', '/api/sessions', request);
    if (answer.ok) this.csrf = ((await answer.clone().json()) as SignedIn).csrf;
    return answer;
  }
}

/** A browser in which the owner has just set up the account. */
export async function setUpOwner(api: TestApi): Promise<Browser> {
  const browser = new Browser(api.url);
  const code = await api.accounts.firstStart.offerCode();
  const signedIn = await browser.json<SignedIn>(201, 'POST', '/api/setup', { code, ...OWNER });
  browser.csrf = signedIn.csrf;
  return browser;
}
