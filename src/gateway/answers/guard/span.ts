/** A part of a text that must not leave, from `start` to before `end`. */
export type Span = { readonly start: number; readonly end: number; readonly kind: string };

/** The text with the parts covered, each by as many characters as it had. `keep` characters at the end of a part stay. */
export function cover(text: string, spans: readonly Span[], keep: (span: Span) => number): string {
  let out = '';
  let from = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < from) continue;
    const stay = span.end - keep(span);
    out += text.slice(from, span.start) + text.slice(span.start, stay).replace(/[^\r\n]/g, coverOf(text, span));
    from = stay;
  }
  return out + text.slice(from);
}

/** Stars, but zeros where a bare JSON number stands, so that the answer can still be read. */
function coverOf(text: string, span: Span): string {
  const before =
    text
      .slice(Math.max(0, span.start - 8), span.start)
      .trimEnd()
      .at(-1) ?? '';
  const after =
    text
      .slice(span.end, span.end + 8)
      .trimStart()
      .at(0) ?? '';
  return '[:,'.includes(before) && before !== '' && ',]}'.includes(after) && after !== '' ? '0' : '*';
}

/** What stays to be read of a card number, as on a receipt (PCI DSS 4.0, 3.4.1). */
export const CARD_DIGITS_SHOWN = 4;

/** `Visa ×2, Stripe secret key`: kinds and how many, never what was found. */
export function listOf(spans: readonly { kind: string }[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} ×${count}`)).join(', ');
}
