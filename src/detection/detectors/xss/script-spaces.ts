/** How far spaces, comments and operators around a name are read. */
export const FAR = 1_000;

/** Past spaces and comments. */
export function skip(text: string, from: number): number {
  const most = Math.min(text.length, from + FAR * 2);
  let at = from;
  while (at < most) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) at++;
    else if (code === 0x2f && text[at + 1] === '*') {
      const end = text.slice(at + 2, most).indexOf('*/');
      if (end === -1) return at;
      at += end + 4;
    } else return at;
  }
  return at;
}

/** The place of the last character before `at` that is no space; -1 when there is none near. */
export function back(text: string, at: number): number {
  let i = at - 1;
  const stop = Math.max(-1, at - FAR);
  while (i > stop && text.charCodeAt(i) <= 0x20) i--;
  return i;
}
