import { once } from 'node:events';
import { statSync } from 'node:fs';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { ParsedConfig } from '../configuration/index.ts';
import { checkConfigFile } from './config-file.ts';

/** Reading YAML takes about a second for each megabyte; a file below this many bytes is read at once. */
const READ_ASIDE_BYTES = 64 * 1024;

/** `checkConfigFile`, in a thread of its own when the file is large, so that requests under way do not wait for it. */
export async function checkConfigFileAside(file: string, insideApp = false): Promise<ParsedConfig> {
  if (statSync(file).size < READ_ASIDE_BYTES) return checkConfigFile(file, insideApp);
  const errand: Errand = { checkConfigFile: file, insideApp };
  const worker = new Worker(new URL(import.meta.url), { workerData: errand });
  const [result] = (await once(worker, 'message')) as [ParsedConfig];
  return result;
}

type Errand = { checkConfigFile: string; insideApp: boolean };

// The thread runs this same file; its errand tells it from any other thread that imports it.
const errand = workerData as Partial<Errand> | null;
if (errand?.checkConfigFile !== undefined) {
  parentPort?.postMessage(checkConfigFile(errand.checkConfigFile, errand.insideApp));
}
