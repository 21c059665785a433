import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { dropInheritedAcls } from '../../os/attributes/write-attributes.ts';
import { makeFolder } from '../../os/files.ts';
import { realPathOf } from '../../os/real-path.ts';
import { EntryFinisher } from '../files/finish-entries.ts';
import { pathBelow } from '../member-path.ts';
import type {
  ArchivedSource,
  ExchangeItem,
  Exchanger,
  SourceRestore,
  SpaceNeed,
  StageWork,
} from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { compareDatabase } from './compare.ts';
import { databaseBytes, settleDatabase } from './copy-pages.ts';
import { heldBy } from './held-by.ts';
import { integrityProblem } from './integrity.ts';
import { prepareMerge } from './merge/prepare-merge.ts';
import { takesPagesOf } from './page-size.ts';
import { partOfSqlite } from './part-of-sqlite.ts';
import { prepareDatabase } from './prepare-exchange.ts';
import type { SqliteSettings } from './settings.ts';

export function restoreSqlite(name: string, settings: SqliteSettings): SourceRestore {
  const live = async () => await realPathOf(settings.path);
  return {
    engine: 'sqlite',
    inPlace: true,
    livePaths: async () => [await live()],
    compare: async (archived, work) =>
      await compareDatabase(
        { source: name, live: await live(), archived, member: await databaseMember(archived) },
        work,
      ),
    space: async (archived) => await spaceNeeds(await live(), archived),
    items: async (_archived, place) => {
      const path = await live();
      return [{ live: path, ...(await place(path)) }];
    },
    heldBy: async (archived, signal) =>
      await heldBy(await live(), archived, await databaseMember(archived), signal),
    partly: async (archived, order) => {
      const given = { archived, member: async () => await databaseMember(archived) };
      return partOfSqlite(restoreSqlite(name, settings), settings, given, order);
    },
    stage,
  };
}

export const sqliteExchanger: Exchanger = {
  prepare: async (item, signal) =>
    item.rows === undefined
      ? await prepareDatabase(item, signal)
      : await prepareMerge(item, item.rows, signal),
  check: checkLive,
};

/** The one file of the source. */
async function databaseMember(archived: ArchivedSource): Promise<IndexMember> {
  for await (const member of archived.members()) {
    if (member.kind === 'file') return member;
  }
  throw new KedgeError('restore-refused', {
    why: `the backup holds no database of source "${archived.name}"`,
  });
}

const walFrameBytes = 24;

/** In WAL mode all new pages in the -wal, and then what the file grows by; else a journal of the old pages. */
async function exchangeBytes(live: string, sizeBytes: number, pageSize = 4096): Promise<number> {
  const liveBytes = await stat(live).then(
    ({ size }) => size,
    () => 0,
  );
  const frames = Math.ceil(sizeBytes / pageSize) * walFrameBytes;
  return Math.max(liveBytes, sizeBytes + frames + Math.max(0, sizeBytes - liveBytes));
}

/** The staged database, the undo's copy, and the log through which all pages go. */
async function spaceNeeds(live: string, archived: ArchivedSource): Promise<readonly SpaceNeed[]> {
  const { sizeBytes, pageSize } = await databaseMember(archived);
  const path = dirname(live);
  const isCopied = pageSize !== undefined && (await takesPagesOf(live, pageSize));
  return [
    { path, bytes: sizeBytes, part: 'staging', ...(isCopied ? { movable: true } : {}) },
    { path, bytes: await databaseBytes(live), part: 'undo' },
    { path, bytes: await exchangeBytes(live, sizeBytes, pageSize), part: 'exchange' },
  ];
}

async function stage(
  archived: ArchivedSource,
  items: readonly ExchangeItem[],
  { signal }: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const member = await databaseMember(archived);
  const finisher = new EntryFinisher(signal);
  for (const { incoming } of items) {
    if (incoming === undefined) continue;
    await makeFolder(dirname(incoming));
    // Its pages are copied while services are down: past the page cache that took a fifth longer.
    await writeMemberFile(incoming, member, archived.content(member, signal), onBytes);
    finisher.addInherited(await dropInheritedAcls(incoming, signal));
    await finisher.finish(Buffer.from(incoming), member);
    await finisher.flush();
    // It takes as long as to write it, and each frame was compared with what was proven.
    if (archived.isProven === true) continue;
    refuseDamaged(archived.name, integrityProblem(incoming));
  }
  return finisher.notes;
}

/** Of a source that lies in a folder as it stands in the archive. */
export async function checkUnpacked(archived: ArchivedSource, folder: string): Promise<void> {
  if (archived.isProven === true) return;
  const member = await databaseMember(archived);
  const path = join(folder, pathBelow(member.name, archived.name).toString());
  refuseDamaged(archived.name, integrityProblem(path));
}

function refuseDamaged(source: string, problem: string | undefined): void {
  if (problem === undefined) return;
  throw new KedgeError('restore-refused', {
    why: `the database of source "${source}" in it is damaged: ${problem}`,
  });
}

async function checkLive(item: ExchangeItem, _signal: AbortSignal): Promise<void> {
  // Nothing there before, nothing there now.
  if (item.incoming === undefined) return;
  await settleDatabase(item.live);
  const problem = integrityProblem(item.live);
  if (problem === undefined) return;
  throw new KedgeError('io-failed', {
    operation: 'exchange the database',
    path: join(item.live),
    cause: `it is damaged afterwards: ${problem}`,
  });
}
