/** Why a pattern cannot be used, as the end of a sentence that begins with the pattern. */
export class UnsafePattern extends Error {}
