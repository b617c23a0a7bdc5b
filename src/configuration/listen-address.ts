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
