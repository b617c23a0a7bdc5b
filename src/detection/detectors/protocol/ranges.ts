import { CONFIDENCE } from '../../evidence.ts';
import { type Finding, finding, type HeaderCheck } from './finding.ts';

/** Readers of PDF files and download managers ask for a few ranges; more only make a server work. */
const MANY = 40;
const VERY_MANY = 100;
/** Ranges that overlap: one or two happen (RFC 9110 §14.2), more are the attack that the RFC warns of. */
const OVERLAPS = 3;
const BEYOND_ALL_FILES = 2 ** 53;

export const checkRange: HeaderCheck = (value) => {
  const equals = value.indexOf('=');
  if (equals === -1) return /^[\w-]{1,20}$/.test(value.trim()) ? null : finding('range-broken', CONFIDENCE.possible);
  const parts = value.slice(equals + 1).split(',', VERY_MANY + 1);
  if (parts.length > VERY_MANY) return finding('range-flood', CONFIDENCE.certain);
  return judgeParts(parts);
};

function judgeParts(parts: readonly string[]): Finding | null {
  const ranges: [number, number][] = [];
  let suffixes = 0;
  for (const part of parts) {
    const match = /^\s{0,8}(\d{0,40})\s{0,8}-\s{0,8}(\d{0,40})\s{0,8}$/.exec(part);
    if (match === null) return finding('range-broken', CONFIDENCE.possible);
    const [from, to] = [Number(match[1]), match[2] === '' ? Number.POSITIVE_INFINITY : Number(match[2])];
    if (Number.isFinite(to) && to >= BEYOND_ALL_FILES) return finding('range-overflow', CONFIDENCE.certain);
    if (match[1] === '') suffixes++;
    else ranges.push([from, to]);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  let overlaps = Math.max(0, suffixes - 1);
  let reached = -1;
  for (const [from, to] of ranges) {
    if (from <= reached) overlaps++;
    reached = Math.max(reached, to);
  }
  if (overlaps >= OVERLAPS) return finding('range-overlap', CONFIDENCE.likely);
  return parts.length > MANY ? finding('range-flood', CONFIDENCE.likely) : null;
}
