/** A table of words; the first column is set to the left, the others to the right. */
export type Table = { columns: readonly string[]; rows: readonly (readonly string[])[] };

/** For the screen: aligned columns. */
export function screenTable({ columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => [...(line[i] ?? '')].length)));
  const text = lines.map((line) =>
    columns
      .map((_, i) => (i === 0 ? (line[i] ?? '').padEnd(widths[i] ?? 0) : (line[i] ?? '').padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = text;
  return [head, widths.map((width) => '─'.repeat(width)).join('  '), ...body].join('\n');
}

/** The same in Markdown. */
export function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(columns), line(rule), ...rows.map((row) => line(columns.map((_, i) => row[i] ?? '')))].join('\n');
}
