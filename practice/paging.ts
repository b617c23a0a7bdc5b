import type { Visit } from './router.ts';

const LARGEST_PAGE = 50;

/** How many rows, and from where, this visit may see. `limit: -1` means all of them (SQLite's way to say so). */
export function pageOf(visit: Visit): { limit: number; offset: number } {
  const asked = Number(visit.query.get('limit') ?? Number.NaN);
  const offset = Math.max(0, Math.trunc(Number(visit.query.get('offset') ?? 0)) || 0);
  const wanted = Number.isInteger(asked) && asked > 0 ? asked : null;
  // WEAKNESS lists-unpaged: no page size is too large, and without one there is no page at all.
  if (visit.shop.weak('lists-unpaged')) return { limit: wanted ?? -1, offset };
  return { limit: Math.min(wanted ?? 20, LARGEST_PAGE), offset };
}
