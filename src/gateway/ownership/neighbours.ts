/** How far a walker may step: those who share the work leave gaps. */
const REACH = 3;

/** Ids that stand beside one which ends in a number, such as 42 or INV-0042; none for others. */
export function neighbours(id: string): string[] {
  const match = /^(.*?)(\d{1,15})$/.exec(id);
  if (match === null) return [];
  const [, before = '', digits = ''] = match;
  const beside: string[] = [];
  for (let step = -REACH; step <= REACH; step++) {
    const number = Number(digits) + step;
    if (step !== 0 && number >= 0) beside.push(before + String(number).padStart(digits.length, '0'));
  }
  return beside;
}
