import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { KedgeError } from '../../../protocol/failures.ts';
import { beforeOperation } from '../../os/faults.ts';
import { exists, makeFolderDurably, removeFile } from '../../os/files.ts';
import { findOpeners } from '../../os/open-files.ts';
import type { ExchangeItem, PreparedItem } from '../restore-kind.ts';
import type { SwapStep } from '../swap-step.ts';
import { settledMark } from './change-mark.ts';
import { connect } from './connect.ts';
import { copyPages } from './copy-pages.ts';
import { hashWhenSettled } from './overwrite-pages.ts';

/** What stands beside a database file and belongs to it. */
const companions = ['-wal', '-shm', '-journal'] as const;

/**
 * A live database is never renamed under a process: its pages are exchanged through the backup API.
 * Only where that can't be (nothing there, no database, another page size in WAL mode) files are renamed,
 * and then nobody may have them open.
 */
export async function prepareDatabase(
  item: ExchangeItem,
  signal: AbortSignal,
): Promise<PreparedItem> {
  await makeFolderDurably(dirname(item.outgoing));
  const { incoming } = item;
  if (incoming !== undefined && (await pagesFit(incoming, item.live))) {
    const overwriting =
      item.discards === true ? await overwrite(item, incoming, signal) : undefined;
    if (overwriting !== undefined) return overwriting;
    // Read before the copy begins: a commit in between makes it look older, never newer, than it is.
    const mark = await settledMark(item.live, signal);
    if (await copyReadable(item.live, item.outgoing, signal)) {
      const { live, outgoing: kept } = item;
      const step: SwapStep = { kind: 'copy-pages', incoming, live, kept, mark };
      return { item, keeps: true, steps: [step], notes: [] };
    }
  }
  await refuseOpen(item.live);
  return { item, keeps: await exists(item.live), steps: await moves(item), notes: [] };
}

/** Undefined: what is live is too damaged to be a database, and is moved aside as it is. */
async function overwrite(
  item: ExchangeItem,
  incoming: string,
  signal: AbortSignal,
): Promise<PreparedItem | undefined> {
  const { live } = item;
  try {
    const was = await hashWhenSettled(live, signal);
    const step: SwapStep = { kind: 'overwrite-pages', incoming, live, was };
    return { item, keeps: false, steps: [step], notes: [] };
  } catch (error) {
    if (!isNoDatabase(error)) throw error;
    return undefined;
  }
}

/** False: the live database is too damaged to be copied, and is kept by moving it aside as it is. */
export async function copyReadable(
  live: string,
  to: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await copyPages(live, to, signal);
    return true;
  } catch (error) {
    if (!isNoDatabase(error)) throw error;
    await removeFile(to);
    return false;
  }
}

interface Shape {
  readonly pageSize: number;
  readonly wal: boolean;
}

async function pagesFit(incoming: string, live: string): Promise<boolean> {
  if (await hasUnmerged(incoming)) return false;
  const [from, to] = [await shapeOf(incoming), await shapeOf(live)];
  if (from === undefined || to === undefined) return false;
  return from.pageSize === to.pageSize || !to.wal;
}

/** Undefined: missing, empty, or no database. Opening the live one takes in what a crash left in -wal or -journal. */
export async function shapeOf(path: string): Promise<Shape | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size === 0) return undefined;
  beforeOperation('sqlite open', path);
  try {
    using file = connect(path, { fileMustExist: true });
    const pages = file.database.pragma('page_count', { simple: true });
    if (pages === 0) return undefined;
    return {
      pageSize: Number(file.database.pragma('page_size', { simple: true })),
      wal: file.database.pragma('journal_mode', { simple: true }) === 'wal',
    };
  } catch (error) {
    if (isNoDatabase(error)) return undefined;
    throw error;
  }
}

function isNoDatabase(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT'))
  );
}

/** An undo that holds a moved database holds what stood beside it too; its content is in both. */
async function hasUnmerged(path: string): Promise<boolean> {
  const sizes = await Promise.all(
    [`${path}-wal`, `${path}-journal`].map(
      async (file) =>
        await stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
    ),
  );
  return sizes.some((size) => size > 0);
}

/**
 * The main file goes first and comes last: while companions of the old or new one lie there, no database
 * does, so that neither can be replayed into the other, wherever a crash leaves it.
 */
async function moves(item: ExchangeItem): Promise<readonly SwapStep[]> {
  const { live, incoming, outgoing } = item;
  const away = await existingMoves(live, outgoing, ['', ...companions]);
  if (incoming === undefined) return away;
  // A -shm is built anew from the -wal.
  return [...away, ...(await existingMoves(incoming, live, ['-wal', '-journal', '']))];
}

async function existingMoves(
  from: string,
  to: string,
  endings: readonly string[],
): Promise<readonly SwapStep[]> {
  const steps: SwapStep[] = [];
  for (const ending of endings) {
    if (await exists(from + ending)) {
      steps.push({ kind: 'move', from: from + ending, to: to + ending });
    }
  }
  return steps;
}

async function refuseOpen(live: string): Promise<void> {
  const openers = await findOpeners([live, ...companions.map((ending) => live + ending)]);
  const [first] = openers;
  if (first === undefined) return;
  const why = `${first.program} (pid ${first.pid}) has it open`;
  throw new KedgeError('busy', { what: `exchanging the database "${live}"`, why });
}
