import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Attempts } from './attempts.ts';
import { openDatabase } from './database.ts';
import { errorAnswer } from './errors.ts';
import { guardHeaders, preflight } from './headers.ts';
import { whoIsAsking } from './identity.ts';
import { createRouter } from './router.ts';
import { ROUTES } from './routes/all.ts';
import { createChat } from './routes/chat.ts';
import { send } from './send.ts';
import type { OrderEvent, Shop } from './shop.ts';
import { type SwitchChoice, switchesFor, type Weak } from './switches.ts';
import { traceAnswer } from './trace.ts';

/** The one address the shop listens on. There is no option to change it. */
const LOOPBACK = '127.0.0.1';

export interface PracticeShopOptions extends SwitchChoice {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Where the database is kept; in memory when left out. */
  data?: string;
  /** Signs the payment company's notices; made up anew when left out. */
  paymentSecret?: string;
}

export interface PracticeShop {
  /** `http://127.0.0.1:<port>` */
  url: string;
  close(): Promise<void>;
}

function createShop(options: PracticeShopOptions, weak: Weak, origin: () => string): Shop {
  const minute = 60_000;
  return {
    db: openDatabase(options.data),
    weak,
    events: new EventEmitter<{ order: [OrderEvent] }>().setMaxListeners(0),
    // WEAKNESS token-weak-secret: the word that signs every token stands in any list of common words.
    tokenSecret: weak('token-weak-secret') ? 'pottery' : randomBytes(32).toString('base64url'),
    paymentSecret: options.paymentSecret ?? randomBytes(32).toString('base64url'),
    innerSecret: randomBytes(32).toString('base64url'),
    loginAttempts: new Attempts(5, minute),
    voucherAttempts: new Attempts(5, 10 * minute),
    origin,
  };
}

async function serve(
  shop: Shop,
  findRoute: ReturnType<typeof createRouter>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  guardHeaders(shop, request, response);
  try {
    const method = request.method ?? 'GET';
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
    const special = traceAnswer(shop, request) ?? preflight(request);
    if (special) return send(shop, request, response, special);
    const { route, params } = findRoute(method, path);
    const query = new URLSearchParams(search);
    const viewer = whoIsAsking(shop, request, query);
    send(shop, request, response, await route.handle({ shop, request, params, query, viewer }));
  } catch (error) {
    send(shop, request, response, errorAnswer(shop, error));
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The practice shop did not get a port.');
  return `http://${LOOPBACK}:${address.port}`;
}

/**
 * Starts a practice shop on 127.0.0.1.
 * @throws Error for an unknown weakness id, a taken port (`code: EADDRINUSE`) or a data folder that cannot be used.
 */
export async function startPracticeShop(options: PracticeShopOptions = {}): Promise<PracticeShop> {
  let url = '';
  const shop = createShop(options, switchesFor(options), () => url);
  const findRoute = createRouter(ROUTES);
  const chat = createChat(shop);
  const server = createServer((request, response) => void serve(shop, findRoute, request, response));
  server.on('upgrade', chat.upgrade);
  try {
    url = await listen(server, options.port ?? 0);
  } catch (error) {
    shop.db.close();
    throw error;
  }
  return {
    url,
    close: async () => {
      chat.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      shop.db.close();
    },
  };
}
