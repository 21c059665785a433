import { open, opendir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import Database from 'better-sqlite3';
import { KedgeError } from '../../protocol/failures.ts';
import type { Detected } from '../../protocol/methods/setup.ts';
import { makeSideFiles } from '../sources/sqlite/side-files.ts';

/** Looking goes this deep and at this many entries, so that "/" answers too. */
const maxDepth = 6;
const maxEntries = 200_000;
const shown = 50;
/** A database that is locked now is left out: the wait for it holds up all of Kedge. */
const lockedMs = 50;

const sqliteMagic = 'SQLite format 3\0';
const databaseNames = /\.(db|db3|sqlite|sqlite3|s3db|dat)$/i;
const settingsNames = /\.(ini|conf|cfg|toml|ya?ml|properties|env|json|xml|config)$/i;
const uploadNames = /^(uploads?|files|documents?|attachments?|media|images?|storage|data)$/i;
const skipped = /^(node_modules|\.git|\.cache|proc|sys|dev|run|tmp|lost\+found)$/;

interface Found {
  readonly databases: { path: string; bytes: number; tables: number }[];
  readonly folders: { path: string; bytes: number; files: number }[];
  readonly settings: string[];
  readonly without: readonly string[];
  entries: number;
}

/**
 * SQLite files by their first bytes, folders by what they are called and hold, settings files by their names.
 * `without`: folders of Kedge's own, which nobody means.
 */
export async function detect(
  folder: string,
  signal: AbortSignal,
  without: readonly string[] = [],
): Promise<Detected> {
  const info = await stat(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new KedgeError('bad-argument', {
      what: `"${folder}"`,
      problem: 'there is no such folder',
    });
  });
  if (!info.isDirectory()) {
    throw new KedgeError('bad-argument', { what: `"${folder}"`, problem: 'this is not a folder' });
  }
  const found: Found = { databases: [], folders: [], settings: [], entries: 0, without };
  await look(folder, 0, found, signal);
  return {
    databases: found.databases.toSorted((a, b) => b.bytes - a.bytes).slice(0, shown),
    folders: found.folders.toSorted((a, b) => b.bytes - a.bytes).slice(0, shown),
    settings: found.settings.toSorted().slice(0, shown),
  };
}

async function look(
  folder: string,
  depth: number,
  found: Found,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (depth > 0 && uploadNames.test(basename(folder))) {
    found.folders.push({ path: folder, ...(await measure(folder, found, signal)) });
    return;
  }
  for await (const entry of entriesOf(folder)) {
    if (++found.entries > maxEntries) return;
    const path = join(folder, entry.name);
    if (isSkipped(path, found)) continue;
    if (entry.isDirectory()) {
      if (depth < maxDepth) await look(path, depth + 1, found, signal);
    } else if (entry.isFile()) await takeFile(path, found);
  }
}

function isSkipped(path: string, { without }: Found): boolean {
  const name = basename(path);
  return skipped.test(name) || name.startsWith('.kedge') || without.includes(path);
}

async function takeFile(path: string, found: Found): Promise<void> {
  if (databaseNames.test(path) || extname(path) === '') {
    const tables = await tablesOf(path);
    if (tables !== undefined) {
      found.databases.push({ path, bytes: await sizeOf(path), tables });
      return;
    }
  }
  if (settingsNames.test(path)) found.settings.push(path);
}

/** How many tables an SQLite file has; undefined: it is none, or can't be read. */
async function tablesOf(path: string): Promise<number | undefined> {
  try {
    {
      await using file = await open(path, 'r');
      const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
      if (buffer.toString('latin1') !== sqliteMagic) return undefined;
    }
    makeSideFiles(path);
    const database = new Database(path, { readonly: true, timeout: lockedMs });
    try {
      const count = "select count(*) from sqlite_master where type = 'table'";
      return Number(database.prepare(count).pluck().get());
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

async function measure(
  folder: string,
  found: Found,
  signal: AbortSignal,
): Promise<{ bytes: number; files: number }> {
  let bytes = 0;
  let files = 0;
  for await (const entry of entriesOf(folder)) {
    signal.throwIfAborted();
    if (++found.entries > maxEntries) break;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const inside = await measure(path, found, signal);
      bytes += inside.bytes;
      files += inside.files;
    } else if (entry.isFile()) {
      bytes += await sizeOf(path);
      files += 1;
    }
  }
  return { bytes, files };
}

/** Of a file that is gone meanwhile nothing. */
async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    (info) => info.size,
    () => 0,
  );
}

/** A folder that may not be read has nothing to offer; the administrator can name it by hand. */
async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder);
  } catch {
    return;
  }
}
