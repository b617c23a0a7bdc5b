import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from '../paths.ts';

const MAX_BYTES = 10 * 1024 * 1024;

/** The diagnostic log of a role, kept to two files of 10 MB: `gateway.log` and the one before it, `gateway.log.1`. */
export type LogFile = { readonly path: string; write(chunk: Buffer): void; close(): void };

/** A disk that is full or gone loses log lines and nothing else: the role itself must not suffer from its log. */
export function openLogFile(folder: string, role: string): LogFile {
  makePrivateFolder(folder);
  const path = join(folder, `${role}.log`);
  let handle = openSync(path, 'a', 0o600);
  let size = fstatSync(handle).size;
  return {
    path,
    write(chunk) {
      try {
        if (size > MAX_BYTES) {
          closeSync(handle);
          renameSync(path, `${path}.1`);
          handle = openSync(path, 'a', 0o600);
          size = 0;
        }
        size += writeSync(handle, chunk);
      } catch {
        // Said above: a lost log line is the lesser harm.
      }
    },
    close: () => closeSync(handle),
  };
}
