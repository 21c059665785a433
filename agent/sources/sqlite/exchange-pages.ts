import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { KedgeError } from '../../../protocol/failures.ts';
import { beforeOperation } from '../../os/faults.ts';
import { removeFile, rename, syncFolder } from '../../os/files.ts';
import { ChangeMark } from './change-mark.ts';
import { connect } from './connect.ts';
import { copyPages, copyWhenFree, settleDatabase } from './copy-pages.ts';

/** One was enough against a writer that commits every 5 ms. */
const triesAtMost = 20;

interface PageExchange {
  readonly incoming: string;
  readonly live: string;
  readonly kept: string;
  /** That of `live` when `kept` was copied from it. */
  readonly mark: string;
}

/**
 * Exchanges all pages of a live database. Clients that Kedge does not manage may still write: what they
 * committed since the copy for the undo was taken is seen under the write lock, and then the copy is
 * taken again first, so that every commit is in the undo or came after the restore.
 */
export async function exchangePages(
  { incoming, live, kept, mark }: PageExchange,
  signal: AbortSignal,
): Promise<void> {
  beforeOperation('sqlite copy', live);
  {
    using source = connect(incoming, { readonly: true });
    let expected = mark;
    for (let tries = 1; !(await copyUnlessChanged(source.database, live, expected, signal)); ) {
      if (tries === triesAtMost) throw neverStill(live);
      tries += 1;
      expected = await keepAgain(live, kept, signal);
    }
  }
  await settleDatabase(live);
}

function neverStill(live: string): KedgeError {
  const why = 'other programs write to it all the time';
  return new KedgeError('busy', { what: `exchanging the database "${live}"`, why });
}

/** False: `live` is no longer what it was at the mark, and nothing was written. */
async function copyUnlessChanged(
  source: Database.Database,
  live: string,
  expected: string,
  signal: AbortSignal,
): Promise<boolean> {
  using mark = new ChangeMark(live);
  let changed = false;
  const onLocked = () => {
    changed = mark.read() !== expected;
    return !changed;
  };
  return (await copyWhenFree(source, live, signal, onLocked)) && !changed;
}

/** Writers wait meanwhile; when it lets go, the next copy is faster than what they wait between their tries. */
async function keepAgain(live: string, kept: string, signal: AbortSignal): Promise<string> {
  const again = `${kept}.again`;
  await removeFile(again);
  using mark = new ChangeMark(live);
  using writer = connect(live, { fileMustExist: true, timeout: 10_000 });
  writer.database.exec('begin immediate');
  const found = mark.read();
  await copyPages(live, again, signal);
  await rename(again, kept);
  await syncFolder(dirname(kept));
  writer.database.exec('rollback');
  return found;
}
