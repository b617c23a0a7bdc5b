/** Deeper than this nothing is looked at. */
export const MOST_DEPTH = 8;
/** An object with more members than this is a table, whose names are values. */
export const MOST_MEMBERS = 40;
/** More words than this are no enumeration. */
export const MOST_WORDS = 8;
/** More content types than this in one place are made up by callers. */
export const MOST_TYPES = 5;
/** How large the shape of one part of a message may grow, by `sizeOf`. */
export const MOST_SIZE = 4_000;
