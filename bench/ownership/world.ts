import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Pool } from 'undici';
import { startPracticeShop } from '../../practice/server.ts';
import { signToken } from '../../practice/tokens.ts';
import { compileSnapshot } from '../../src/configuration/index.ts';
import type { RequestEvent } from '../../src/contracts/events/gateway-event.ts';
import { createGateway } from '../../src/gateway/index.ts';
import { createApiKey } from '../../src/platform/api-key.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import { CONSUMERS, worldConfig } from './world-config.ts';

/** How somebody calls: with a token of their own, through the web shop, or with a key. */
export type Person = {
  readonly label: string;
  readonly honest: boolean;
  /** Customer of the shop; 0: none. */
  readonly customer: number;
  readonly via: 'token' | 'web-shop' | keyof typeof CONSUMERS;
  /** What it was given or has created. */
  readonly orders: Set<number>;
  readonly documents: string[];
};

export type Answered = { readonly status: number; readonly value: unknown };

/** One request of somebody, for the count at the end. */
export type Sent = { readonly person: Person; readonly id: string; readonly status: number; readonly foreign: boolean };

const DAY_MS = 86_400_000;
/** What the practice shop signs its sessions by while its weakness "token-weak-secret" is on. */
const SHOP_SECRET = 'pottery';

/** The practice shop and a little store of documents with UUIDs, behind the real gateway, on a clock that is set by hand. */
export class World {
  now = Date.UTC(2026, 2, 2, 8);
  readonly begin = this.now;
  readonly sent: Sent[] = [];
  readonly documents = new Map<string, string>();
  readonly #folder = temporaryFolder();
  readonly #keys = new Map<string, string>();
  readonly #tokens = new Map<number, string>();
  readonly #signer: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  readonly #closing: (() => Promise<unknown>)[] = [];
  #pool: Pool | null = null;

  static async start(mode: 'monitor' | 'enforce'): Promise<World> {
    const world = new World();
    await world.#start(mode);
    return world;
  }

  get day(): number {
    return (this.now - this.begin) / DAY_MS;
  }

  /** Somebody asks; `foreign` says whether it is for what is not theirs. */
  async call(
    person: Person,
    method: string,
    path: string,
    options: { foreign?: boolean; body?: unknown } = {},
  ): Promise<Answered> {
    if (this.#pool === null) throw new TypeError('the world has ended');
    const headers: Record<string, string> = { cookie: `shop_session=${this.#session(person)}` };
    if (person.via === 'token') headers.authorization = `Bearer ${this.#token(person)}`;
    else headers['x-api-key'] = this.#keys.get(person.via) ?? '';
    // Before somebody has signed up, the shop cannot say for whom it calls.
    if (person.via === 'web-shop' && person.customer !== 0) headers['x-user'] = String(person.customer);
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    const answer = await this.#pool.request({
      method: method as 'GET',
      path,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
    const text = await answer.body.text();
    const id = String(answer.headers['x-request-id']);
    this.sent.push({ person, id, status: answer.statusCode, foreign: options.foreign === true });
    return { status: answer.statusCode, value: text.startsWith('{') ? JSON.parse(text) : null };
  }

  /** Ids of the requests of which the gateway said that they are for what is not the caller's. */
  async end(): Promise<Map<string, RequestEvent>> {
    for (const close of this.#closing.reverse()) await close();
    const flagged = new Map<string, RequestEvent>();
    const spool = join(this.#folder, 'gateway', 'spool');
    for (const file of readdirSync(spool)) {
      for (const line of readFileSync(join(spool, file), 'utf8').split('\n')) {
        if (!line.includes('"id-walking"') && !line.includes('"not-owner-learnt"')) continue;
        const event = JSON.parse(line) as RequestEvent;
        flagged.set(event.id, event);
      }
    }
    removeFolder(this.#folder);
    return flagged;
  }

  async #start(mode: 'monitor' | 'enforce'): Promise<void> {
    const shop = await startPracticeShop();
    this.#closing.push(() => shop.close());
    const store = await this.#startStore();
    const logger = createLogger('bench');
    const dataDir = join(this.#folder, 'gateway');
    const clock = { now: () => this.now };
    const gateway = await createGateway({ dataDir, version: 'bench', clock, logger, spool: { maxBytes: 2 ** 30 } });
    this.#closing.push(() => gateway.drain(1_000));
    for (const name of Object.keys(CONSUMERS)) this.#keys.set(name, createApiKey());
    const hashes = [...this.#keys].map(([name, key]): [string, string] => [
      name,
      createHash('sha256').update(key).digest('hex'),
    ]);
    const jwk = { ...this.#signer.publicKey.export({ format: 'jwk' }), kid: 'bench', kty: 'EC' };
    const config = worldConfig({ mode, shop: shop.url, store, hashes: new Map(hashes), jwk });
    await gateway.apply(compileSnapshot(config, { revision: 1, lock: null }));
    const pool = new Pool(gateway.addresses()[0] ?? '', { connections: 4 });
    this.#pool = pool;
    this.#closing.push(() => pool.close());
  }

  /** Documents with ids that nobody can guess; it does not ask whose they are. */
  async #startStore(): Promise<string> {
    const server: Server = createServer((request, response) => {
      response.setHeader('Content-Type', 'application/json');
      const id = request.method === 'POST' ? randomUUID() : ((request.url ?? '').split('/').at(-1) ?? '');
      if (request.method === 'POST') this.documents.set(id, id);
      response.writeHead(request.method === 'POST' ? 201 : this.documents.has(id) ? 200 : 404);
      request.resume().on('end', () => response.end(JSON.stringify({ id })));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#closing.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #session(person: Person): string {
    return person.customer === 0 ? '' : signToken({ sub: String(person.customer) }, SHOP_SECRET);
  }

  #token(person: Person): string {
    const known = this.#tokens.get(person.customer);
    if (known !== undefined) return known;
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(this.begin / 1000) + 90 * 86_400;
    const claims = { iss: 'https://id.example', aud: 'shop', sub: `person-${person.customer}`, exp };
    const input = `${encode({ alg: 'ES256', kid: 'bench' })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(input), { key: this.#signer.privateKey, dsaEncoding: 'ieee-p1363' });
    const token = `${input}.${signature.toString('base64url')}`;
    this.#tokens.set(person.customer, token);
    return token;
  }
}
