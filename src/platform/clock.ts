/** Time as everything in the product asks for it, so that tests can set it. Unix milliseconds. */
export type Clock = { now(): number };

export const systemClock: Clock = { now: () => Date.now() };
