import { randomInt } from 'node:crypto';

/**
 * Codes that people read from paper and type: groups of four of Crockford's 32 symbols (no I, L, O, U), 20 bits a group:
 * `7K3M-Q0ZD-19VX`.
 */
export function newReadableCode(groups: number): string {
  return Array.from({ length: groups }, randomGroup).join('-');
}

/** One spelling for all the ways in which people type such a code: small letters, spaces, O for 0, I or L for 1. */
export function normaliseReadableCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

const randomGroup = () => Array.from({ length: 4 }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('');
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
