/** "Web shop, new" → "web-shop-new": the name that logs and the developer see. Empty when nothing usable was typed. */
export function nameFrom(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|-+$/g, '')
    .toLowerCase()
    .slice(0, 64);
}
