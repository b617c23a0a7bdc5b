/** One calm line for each step that has something to do, on standard error so that standard output stays the program's. */

/** A fault of the set-up that is told as its sentence alone, without a stack. */
export class SetupError extends Error {}

/**
 * @template T
 * @param {string} title what is being done, for example "Installing the libraries"
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>} what the work answers
 */
export async function step(title, work) {
  const began = performance.now();
  process.stderr.write(`  ${title} … `);
  try {
    const answer = await work();
    process.stderr.write(`${elapsed(began)}\n`);
    return answer;
  } catch (error) {
    process.stderr.write(`failed after ${elapsed(began)}\n`);
    throw error;
  }
}

/** @param {number} began by `performance.now()` */
function elapsed(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
