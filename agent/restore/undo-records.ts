import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { Undo } from '../../protocol/domain/restore.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { DatabaseSettings } from '../databases/settings.ts';
import { errorCode } from '../os/error-code.ts';
import {
  exists,
  makeFolderDurably,
  removeFile,
  rename,
  syncFolder,
  writeFileAtomic,
} from '../os/files.ts';
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
  /** Read, not kept: somebody removes it, or died doing so. */
  isRemoved: z.literal(true).optional(),
  /** Folders that are removed with it. */
  places: z.array(z.string()).readonly(),
});
export type UndoRecord = z.infer<typeof UndoRecord>;

const folderOf = (stateFolder: string): string => join(stateFolder, 'undo');
const fileOf = (stateFolder: string, id: string): string =>
  join(folderOf(stateFolder), `${id}.json`);
/** Its record while it is being removed: renamed, as a full disk may have no room for another one. */
const removing = '.removing';
const removingOf = (stateFolder: string, id: string): string =>
  join(folderOf(stateFolder), id + removing);

export async function writeUndo(stateFolder: string, undo: UndoRecord): Promise<void> {
  await makeFolderDurably(folderOf(stateFolder));
  await writeFileAtomic(fileOf(stateFolder, undo.id), JSON.stringify(undo, undefined, 2));
}

/** Newest first. One whose folders are not all there, or are being removed, says `gone`. */
export async function listUndos(stateFolder: string): Promise<readonly UndoRecord[]> {
  const folder = folderOf(stateFolder);
  if (!(await exists(folder))) return [];
  const names = (await readdir(folder)).filter((name) => /^[^.].*\.(json|removing)$/.test(name));
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
  if (path.endsWith(removing))
    return { ...undo, state: undo.state === 'used' ? 'used' : 'gone', isRemoved: true };
  if (undo.state !== 'ready' || (await isWhole(undo))) return undo;
  return { ...undo, state: 'gone' };
}

async function isWhole(undo: UndoRecord): Promise<boolean> {
  // Servers are asked when it is used: a list must not wait for one that is down.
  const lists = undo.sources.flatMap(({ items }) => items.flatMap((item) => item.lists ?? []));
  const paths = [...keptPaths(undo.sources), ...lists];
  return (await Promise.all(paths.map(async (path) => await exists(path)))).every(Boolean);
}

interface Removal {
  /** Removes what is kept in servers. */
  readonly inServers?: (sources: UndoRecord['sources']) => Promise<void>;
  /** Asked when nobody can begin to use it any more. */
  readonly isInUse?: (undo: string) => boolean;
}

/**
 * The record says `gone` before anything of its data goes, so that nobody takes a half for the whole, and goes last:
 * data without a record would lie there for ever. Where a server refuses, all stays as it was.
 */
export async function removeUndo(
  stateFolder: string,
  undo: UndoRecord,
  { inServers = removeKept, isInUse = () => false }: Removal = {},
): Promise<void> {
  const [record, marked] = [fileOf(stateFolder, undo.id), removingOf(stateFolder, undo.id)];
  // One that an earlier removal left may be a half already.
  const wasWhole = await exists(record);
  if (wasWhole) await renameDurably(record, marked);
  try {
    if (isInUse(undo.id)) throw inUse();
    if (undo.state !== 'used') await inServers(undo.sources);
  } catch (error) {
    if (wasWhole) await renameDurably(marked, record);
    throw error;
  }
  for (const place of undo.places) await removePlace(place);
  await removeFile(marked);
  await syncFolder(folderOf(stateFolder));
}

export function inUse(): KedgeError {
  const why = 'a restore, an undo or a recovery runs or waits';
  return new KedgeError('busy', { what: 'changing an undo', why });
}

async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Used up: its data went live again, so only the record stays, until it expires. */
export async function markUndoUsed(stateFolder: string, id: string): Promise<void> {
  const undo = (await listUndos(stateFolder)).find((each) => each.id === id);
  if (undo === undefined) return;
  await writeUndo(stateFolder, { ...undo, state: 'used', bytes: 0 });
  for (const place of undo.places) await removePlace(place);
}
