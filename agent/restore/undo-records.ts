import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Undo } from '../../protocol/domain/restore.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { DatabaseSettings } from '../databases/settings.ts';
import { errorCode } from '../os/error-code.ts';
import { exists, makeFolderDurably, removeFile, syncFolder, writeFileAtomic } from '../os/files.ts';
import { removePlace } from './places.ts';
import { keptPaths, removeKept } from './server-data.ts';

/** What the undo holds for one live path; without `kept` nothing was there. */
const KeptItem = z.object({
  live: z.string(),
  kept: z.string().optional(),
  /** It is a database of this server. */
  server: DatabaseSettings.optional(),
  leaveOut: z.array(z.string()).readonly().optional(),
  /** Only some paths below were exchanged: the folder with the list of them. */
  lists: z.string().optional(),
  /** Of a database in a server: only these tables were exchanged. */
  tables: z.array(z.string()).readonly().optional(),
});

/** What was live before a restore, and all that taking it back needs. */
export const UndoRecord = Undo.extend({
  sources: z
    .array(
      z.object({ source: z.string(), engine: z.string(), items: z.array(KeptItem).readonly() }),
    )
    .readonly(),
  /** All of a backup came back, in the place of what was live. */
  isWhole: z.literal(true).optional(),
  /** Folders that are removed with it. */
  places: z.array(z.string()).readonly(),
});
export type UndoRecord = z.infer<typeof UndoRecord>;

const folderOf = (stateFolder: string): string => join(stateFolder, 'undo');
const fileOf = (stateFolder: string, id: string): string =>
  join(folderOf(stateFolder), `${id}.json`);

export async function writeUndo(stateFolder: string, undo: UndoRecord): Promise<void> {
  await makeFolderDurably(folderOf(stateFolder));
  await writeFileAtomic(fileOf(stateFolder, undo.id), JSON.stringify(undo, undefined, 2));
}

/** Newest first. One whose folders are not all there says `gone`. */
export async function listUndos(stateFolder: string): Promise<readonly UndoRecord[]> {
  const folder = folderOf(stateFolder);
  if (!(await exists(folder))) return [];
  const names = (await readdir(folder)).filter((name) => /^[^.].*\.json$/.test(name));
  const undos = await Promise.all(names.map(async (name) => await readUndo(join(folder, name))));
  return undos.filter((undo) => undo !== undefined).sort((a, b) => b.createdAtMs - a.createdAtMs);
}

export async function findUndo(stateFolder: string, id: string): Promise<UndoRecord> {
  const found = (await listUndos(stateFolder)).find((undo) => undo.id === id);
  if (found === undefined) throw new KedgeError('not-found', { what: 'undo', id, list: 'undo' });
  return found;
}

/** Undefined: it was removed meanwhile. */
async function readUndo(path: string): Promise<UndoRecord | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const undo = UndoRecord.parse(JSON.parse(text));
  if (undo.state !== 'ready' || (await isWhole(undo))) return undo;
  return { ...undo, state: 'gone' };
}

async function isWhole(undo: UndoRecord): Promise<boolean> {
  // Servers are asked when it is used: a list must not wait for one that is down.
  const lists = undo.sources.flatMap(({ items }) => items.flatMap((item) => item.lists ?? []));
  const paths = [...keptPaths(undo.sources), ...lists];
  return (await Promise.all(paths.map(async (path) => await exists(path)))).every(Boolean);
}

/** The data first: a record without data says `gone`, data without a record would lie there for ever. */
export async function removeUndo(
  stateFolder: string,
  undo: UndoRecord,
  removeInServers: (sources: UndoRecord['sources']) => Promise<void> = removeKept,
): Promise<void> {
  if (undo.state !== 'used') await removeInServers(undo.sources);
  for (const place of undo.places) await removePlace(place);
  const path = fileOf(stateFolder, undo.id);
  await removeFile(path);
  await syncFolder(folderOf(stateFolder));
}

/** Used up: its data went live again, so only the record stays, until it expires. */
export async function markUndoUsed(stateFolder: string, id: string): Promise<void> {
  const undo = (await listUndos(stateFolder)).find((each) => each.id === id);
  if (undo === undefined) return;
  await writeUndo(stateFolder, { ...undo, state: 'used', bytes: 0 });
  for (const place of undo.places) await removePlace(place);
}
