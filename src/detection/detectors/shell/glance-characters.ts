/** What a character can be to a shell, as bits, for one pass over a text. */
export const SPACE = 1;
/** It ends a word, and a name can follow. */
export const END = 2;
export const REDIRECT = 4;
/** A name can follow. */
export const OPENER = 8;
/** Within a word it changes how the word is read. */
export const SPECIAL = 16;

/** By ASCII code. */
export const KIND: Uint8Array = new Uint8Array(128);

const mark = (characters: string, bits: number): void => {
  for (const character of characters) KIND[character.charCodeAt(0)] = (KIND[character.charCodeAt(0)] ?? 0) | bits;
};
mark(' \t', SPACE);
mark(';|&()`\n\r', END | OPENER);
mark('<>', REDIRECT);
mark('\\{', OPENER);
mark('\'"\\^$?*[{=/%+@', SPECIAL);
