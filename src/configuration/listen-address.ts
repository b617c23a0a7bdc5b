import type { SnapshotListen } from '../contracts/snapshot/snapshot-server.ts';

export type ListenAddress = { host: string; port: number };

/**
 * `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `:80` as host and port, or null. An empty host (`:80`) is every address
 * of the machine, IPv4 and IPv6, as `net.Server.listen` takes it. Port 0 lets the operating system choose.
 */
export function parseListenAddress(text: string): ListenAddress | null {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]*)):(\d{1,5})$/.exec(text);
  if (match === null) return null;
  const port = Number(match[3]);
  if (port > 65_535) return null;
  return { host: match[1] ?? match[2] ?? '', port };
}

/**
 * An entry of `server.listen`: an address as {@link parseListenAddress} takes it, with `http://` in front where callers shall
 * only be sent on to https. With `https` on, port 80 does that too, and every other address speaks TLS.
 */
export function parseListenEntry(text: string, https: boolean): SnapshotListen | null {
  const plain = text.startsWith('http://');
  const address = parseListenAddress(plain ? text.slice('http://'.length) : text);
  if (address === null) return null;
  return { ...address, protocol: protocolAt(address.port, https, plain) };
}

export function protocolAt(port: number, https: boolean, plain = false): SnapshotListen['protocol'] {
  if (!https) return 'http';
  return plain || port === 80 ? 'redirect' : 'https';
}
