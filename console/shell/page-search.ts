/** What the pages take out of their address; anything else in it is left aside. */

export type AddressSearch = { address?: string };

/** `/front-door/addresses?address=203.0.113.7`: an address that is about to be written into the list. */
export function readAddressSearch({ address }: Record<string, unknown>): AddressSearch {
  return typeof address === 'string' && /^[0-9A-Fa-f:./]{2,64}$/.test(address) ? { address } : {};
}

export type TextSearch = { of: 'gateway' | 'service' | 'route' | 'caller'; id?: string; part?: string };

const KINDS = ['gateway', 'service', 'route', 'caller'] as const;

/** `/front-door/text?of=route&id=rt_1&part=validate`: which part of which settings is looked at as text. */
export function readTextSearch(search: Record<string, unknown>): TextSearch {
  const of = KINDS.find((one) => one === search.of) ?? 'gateway';
  return {
    of,
    ...(typeof search.id === 'string' && of !== 'gateway' ? { id: search.id } : {}),
    ...(typeof search.part === 'string' ? { part: search.part } : {}),
  };
}
