import { parentPort, workerData } from 'node:worker_threads';
import { checkConfigFile } from './config-file.ts';

// Runs in a thread of its own, see checkConfigFileAside.
parentPort?.postMessage(checkConfigFile(String(workerData)));
