import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { whoIsAsking } from '../identity.ts';
import type { Shop } from '../shop.ts';

const LARGEST_MESSAGE = 4096;
export const CHAT_PATH = '/api/chat';

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** A page of another site must not talk in the visitor's name (RFC 6455, section 10.2). Programs send no Origin. */
function ownOrigin(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
}

/** The shop's chat: what one visitor says, all of them hear, the speaker too. Text alone, 4 KiB at most. */
export function createChat(shop: Shop): {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
} {
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });

  const join = (socket: WebSocket, name: string): void => {
    // ws has closed the connection by the time it reports a broken frame; nothing is left to do.
    socket.on('error', () => socket.terminate());
    socket.send(JSON.stringify({ from: 'shop', text: `Welcome, ${name}. Ask us anything about clay.` }));
    socket.on('message', (data, isBinary) => {
      if (isBinary) return socket.close(1003, 'text only');
      const message = JSON.stringify({ from: name, text: data.toString() });
      for (const listener of server.clients) if (listener.readyState === listener.OPEN) listener.send(message);
    });
  };

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      const url = new URL(request.url ?? '/', shop.origin());
      if (url.pathname !== CHAT_PATH) return refuse(socket, '404 Not Found');
      const viewer = whoIsAsking(shop, request, url.searchParams);
      // WEAKNESS chat-keyless: anybody may listen in and speak, another site's page too.
      if (!shop.weak('chat-keyless')) {
        if (!viewer) return refuse(socket, '401 Unauthorized');
        if (!ownOrigin(request)) return refuse(socket, '403 Forbidden');
      }
      server.handleUpgrade(request, socket, head, (client) =>
        join(client, viewer ? `customer ${viewer.customerId}` : 'visitor'),
      );
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
