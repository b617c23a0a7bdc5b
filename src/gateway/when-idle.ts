/** Resolves when nothing is under way any more, at the latest after `timeoutMs`. */
export function whenIdle(active: () => number, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const until = performance.now() + timeoutMs;
    const check = setInterval(() => {
      if (active() > 0 && performance.now() < until) return;
      clearInterval(check);
      resolve();
    }, 20);
  });
}
