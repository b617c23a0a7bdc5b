import { type BigIntStats, statSync } from 'node:fs';

/**
 * Calls `changed` when a file was written, replaced, made or removed. Looks at it a few times a second instead of asking the
 * operating system for notices, which are lost on network disks and bind mounts and follow the old file when an editor puts
 * a new one in its place. A change counts when two looks in a row agree, so that a file is not read while it is written.
 * Returns the function that ends the watch.
 */
export function watchFile(file: string, changed: () => void, intervalMs = 150): () => void {
  let known = signature(file);
  let seen = known;
  const timer = setInterval(() => {
    const now = signature(file);
    if (now === seen && now !== known) {
      known = now;
      changed();
    }
    seen = now;
  }, intervalMs);
  return () => clearInterval(timer);
}

function signature(file: string): string {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    return `unreadable ${(error as NodeJS.ErrnoException).code}`;
  }
  return stats === undefined ? 'absent' : `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}
