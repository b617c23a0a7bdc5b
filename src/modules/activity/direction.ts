/** Whether a call came in or was made by an own program to a vendor; stored as a number. */
export const DIRECTIONS = ['inbound', 'outbound'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const directionNumber = (direction: Direction | undefined): number => (direction === 'outbound' ? 1 : 0);
export const directionName = (direction: number): Direction => (direction === 1 ? 'outbound' : 'inbound');
