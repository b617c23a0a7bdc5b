import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigImportResult } from '../../contracts/api/front-door.ts';
import { Problem } from '../../contracts/api/problem.ts';
import { AppError } from '../../platform/app-error.ts';
import type { DataPaths } from '../paths.ts';
import { readRunning } from '../running-file.ts';

type Answer = { status: number; text: string };
type Send = (method: string, path: string, body: unknown) => Promise<Answer>;

/** What the command line asks of a control plane. Refusals come back as the `AppError` that the control plane gave. */
export type Installation = {
  readonly running: boolean;
  call<T extends z.ZodType>(method: string, path: string, answer: T, body?: unknown): Promise<z.infer<T>>;
  exportConfig(): Promise<string>;
  importConfig(yaml: string): Promise<ConfigImportResult>;
};

/**
 * Opens the installation of a data folder: over its API when it runs, else the same API within this process, straight on the
 * database. Throws `AppError('not-running')` when there is neither.
 */
export async function withInstallation<T>(
  paths: DataPaths,
  use: (installation: Installation) => Promise<T>,
): Promise<T> {
  const running = await readRunning(paths.running);
  if (running !== null) return use(installationOver(sendTo(running.url, readToken(paths)), true));
  if (!existsSync(paths.database)) throw nothingThere(paths);
  const { openOffline } = await import('../control-plane/offline.ts');
  const offline = await openOffline(paths);
  try {
    return await use(installationOver(offline.send, false));
  } finally {
    await offline.close();
  }
}

function installationOver(send: Send, running: boolean): Installation {
  const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
    const { status, text } = await send(method, path, body);
    if (status >= 200 && status < 300) return text;
    const problem = Problem.safeParse(parseJson(text));
    if (!problem.success)
      throw new AppError('answer-unexpected', `The control plane answered ${status} to ${method} ${path}.`);
    const { code, detail, next, faults } = problem.data;
    throw new AppError(code, detail, {
      status,
      ...(next === undefined ? {} : { next }),
      ...(faults === undefined ? {} : { faults }),
    });
  };
  const call: Installation['call'] = async (method, path, answer, body) =>
    answer.parse(parseJson(await ask(method, path, body)));
  return {
    running,
    call,
    exportConfig: () => ask('GET', '/api/config'),
    importConfig: (yaml) => call('PUT', '/api/config', ConfigImportResult, { yaml }),
  };
}

function sendTo(url: string, token: string): Send {
  return async (method, path, body) => {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (body !== undefined) headers.set('content-type', 'application/json');
    const response = await fetch(new URL(path, url), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return { status: response.status, text: await response.text() };
  };
}

/** A plan over many calls takes its time. */
const ANSWER_WITHIN_MS = 120_000;

function readToken(paths: DataPaths): string {
  return readFileSync(paths.cliToken, 'utf8').trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function nothingThere(paths: DataPaths): AppError {
  return new AppError('not-running', `Nothing runs on the data folder ${paths.folder}, and it holds no data.`, {
    next: 'Start it with "nightlatch start", or name the right folder with --data.',
  });
}
