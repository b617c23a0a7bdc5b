const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** @throws Error unless `base` is an http address of this very computer. */
export function assertLoopback(base: string): URL {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (url?.protocol !== 'http:' || !LOOPBACK_NAMES.includes(url.hostname) || url.username !== '') {
    throw new Error(
      `"${base}" is not an address on this computer. Practice traffic goes to http://127.0.0.1:PORT only.`,
    );
  }
  return url;
}
