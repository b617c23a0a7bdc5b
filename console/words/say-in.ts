import type { TFunction } from 'i18next';

/** Turns a message key and its values into words; handed to the pure wording functions so that tests need no screen. */
export type Say = TFunction;
