const BEFORE = 16;
const LONGEST = 96;

/** A piece of a text around what was found: on one line, and without long numbers and mail addresses, which may be somebody's. */
export function excerptOf(text: string, start: number, end: number): string {
  const from = Math.max(0, start - BEFORE);
  const to = Math.min(text.length, Math.max(end, start + BEFORE), from + LONGEST);
  const piece = text
    .slice(from, to)
    .replace(/[^\P{C}\t\n\r]/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .replace(/\d{6,}/g, '…')
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}/g, '…@…');
  return `${from > 0 ? '…' : ''}${piece}${to < text.length ? '…' : ''}`;
}
