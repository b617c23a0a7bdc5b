/** What every command answers to the shell. The launcher adds sysexits' 69 (no usable Node.js) and 70 (a fault of ours). */
export const EXIT = { ok: 0, failed: 1, usage: 2, notRunning: 3 } as const;

export const EXIT_CODES_HELP = `
Exit codes:
  0   done
  1   refused or failed; the reason is on standard error
  2   wrong usage: an unknown command or option, or a missing argument
  3   Nightlatch is not running, and this needs it
  69  no usable Node.js
  70  a fault of Nightlatch itself (NIGHTLATCH_DEBUG=1 shows the details)`;
