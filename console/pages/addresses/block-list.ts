export type BlockList = { deny?: string[]; allow?: string[] };
export type Which = keyof BlockList;

/** The lists with one of them changed, as the settings take it: null when nothing is left. */
export function withList(lists: BlockList, which: Which, next: string[]): BlockList | null {
  const changed: BlockList = { ...lists, [which]: next };
  const { deny = [], allow = [] } = changed;
  if (deny.length === 0 && allow.length === 0) return null;
  return { ...(deny.length === 0 ? {} : { deny }), ...(allow.length === 0 ? {} : { allow }) };
}

/** What people paste along with an address: spaces, a port, brackets. */
export function tidyAddress(text: string): string {
  const trimmed = text.trim();
  const bracketed = /^\[([0-9A-Fa-f:]+)\](?::\d+)?$/.exec(trimmed)?.[1];
  return bracketed ?? trimmed.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

/** The computer that Nightlatch runs on. */
export const isThisComputer = (address: string) => address === '::1' || address.startsWith('127.');
