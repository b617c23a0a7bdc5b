/**
 * Calls `stop` once on SIGINT or SIGTERM and ends the process with its result. A second Ctrl-C ends it at once. A role under
 * the supervisor leaves Ctrl-C to it, as the terminal sends it to both, and ends with it should it die.
 */
export function stopOnSignals(stop: () => Promise<void>): Promise<number> {
  return new Promise((resolve, reject) => {
    const supervised = process.send !== undefined;
    let stopping = false;
    const begin = () => {
      if (stopping) return;
      stopping = true;
      stop().then(() => resolve(0), reject);
    };
    process.on('SIGTERM', begin);
    process.on('SIGINT', () => {
      if (supervised) return;
      if (stopping) process.exit(130);
      begin();
    });
    if (supervised) process.on('disconnect', begin);
    // The channel alone must not keep a role that has closed everything.
    process.channel?.unref();
  });
}
