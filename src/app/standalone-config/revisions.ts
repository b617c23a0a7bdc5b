import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Revision } from '../../contracts/api/configuration.ts';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import { makePrivateFolder } from '../paths.ts';
import { writePrivateFile } from '../private-file.ts';

const Note = z.object({
  revision: z.int(),
  at: z.iso.datetime(),
  actor: z.string(),
  changes: z.array(z.string()),
  changeCount: z.int(),
});
type Note = z.infer<typeof Note>;

const KEPT = 20;
const KEPT_LINES = 50;
const folderOf = (dataDir: string) => join(dataDir, 'revisions');
const fileOf = (dataDir: string, revision: number, kind: 'yaml' | 'json') =>
  join(folderOf(dataDir), `${String(revision).padStart(8, '0')}.${kind}`);

/** The files of a gateway that runs alone, as they were put in force: the last 20, newest first. */
export function listRevisions(dataDir: string, inForce: string | null): Revision[] {
  return readNotes(dataDir)
    .reverse()
    .map((note, place) => ({
      ...note,
      inForce: place === 0 && inForce !== null && readRevision(dataDir, note.revision) === inForce,
      restorable: true,
    }));
}

/** The text of a revision. Throws `AppError('revision-unknown')`. */
export function readRevision(dataDir: string, revision: number): string {
  const file = fileOf(dataDir, revision, 'yaml');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new AppError('revision-unknown', `Revision ${revision} is not kept; the last ${KEPT} are.`, {
    next: 'Look at "nightlatch config history".',
  });
}

/** Keeps a text as the next revision and lets the oldest go. */
export function keepText(dataDir: string, text: string, changes: readonly string[]): number {
  makePrivateFolder(folderOf(dataDir));
  const notes = readNotes(dataDir);
  const revision = (notes.at(-1)?.revision ?? 0) + 1;
  const note: Note = {
    ...{ revision, at: new Date(systemClock.now()).toISOString(), actor: userInfo().username },
    ...{ changes: changes.slice(0, KEPT_LINES), changeCount: changes.length },
  };
  writePrivateFile(fileOf(dataDir, revision, 'yaml'), text);
  writePrivateFile(fileOf(dataDir, revision, 'json'), `${JSON.stringify(note, null, 2)}\n`);
  for (const old of notes.slice(0, Math.max(0, notes.length + 1 - KEPT))) {
    for (const kind of ['yaml', 'json'] as const) rmSync(fileOf(dataDir, old.revision, kind), { force: true });
  }
  return revision;
}

function readNotes(dataDir: string): Note[] {
  if (!existsSync(folderOf(dataDir))) return [];
  return readdirSync(folderOf(dataDir))
    .filter((name) => /^\d{8}\.json$/.test(name))
    .sort()
    .map((name) => Note.parse(JSON.parse(readFileSync(join(folderOf(dataDir), name), 'utf8'))));
}
