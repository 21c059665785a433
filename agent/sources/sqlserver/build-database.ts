import type { SqlSession } from '../../databases/sql-session.ts';
import { identifier, literal } from '../../databases/sqlserver/quote.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { errorMessage } from '../../os/error-code.ts';
import { beforeOperation } from '../../os/faults.ts';
import type { ArchivedSource, StageWork } from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { unfold } from './archived-facts.ts';
import { type BackupFacts, differentialName, fullName } from './backup-facts.ts';
import { isSame } from './choose-native.ts';
import { damagedBackup, isAboutContent } from './damaged-backup.ts';
import { clearExchange, type ExchangeFile, exchangeFile } from './exchange-folder.ts';
import { askLong, runLong } from './long-statement.ts';
import { readFileList, readHeader, verifySql } from './native-backup.ts';
import { openForServer } from './open-for-server.ts';
import { readServer } from './read-facts.ts';
import { asking, openMaster } from './sessions.ts';
import type { SqlserverSourceSettings } from './settings.ts';
import { tellPercent } from './tell-percent.ts';

/** A database that the server makes of backups. */
export interface Staging {
  readonly source: string;
  readonly settings: SqlserverSourceSettings;
  readonly server: SqlserverSettings;
  /** Under which it is made. */
  readonly name: string;
}

/** Has the server make a new database of what is in an archive, and check it. */
export async function buildDatabase(
  staging: Staging,
  archived: ArchivedSource,
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<BackupFacts> {
  const { source, settings } = staging;
  const user = { source, settings, work };
  await clearExchange(user);
  try {
    const facts = await unfold(archived, work.signal);
    await restoreFiles(staging, await layOut(staging, archived, facts, work, onBytes), work);
    return facts;
  } finally {
    await clearExchange(user);
  }
}

/** From the exchange folder into the new database; the server reads all of it before, and checks it afterwards. */
export async function restoreFiles(
  staging: Staging,
  files: readonly LaidOut[],
  work: Telling,
): Promise<void> {
  using session = await openMaster(staging.server, work.signal);
  for (const each of files) await proveFile(session, staging, each, work);
  await restore(staging, files, session, work);
  await check(staging, work);
}

type Telling = Pick<StageWork, 'signal' | 'progress'>;

export interface LaidOut {
  readonly file: ExchangeFile;
  readonly guid: string;
  readonly bytes: number;
}

/** The full, and where there is one the differential, in the exchange folder. */
async function layOut(
  staging: Staging,
  archived: ArchivedSource,
  { full, differential }: BackupFacts,
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly LaidOut[]> {
  const { source, settings } = staging;
  const { signal } = work;
  const wanted = new Map([[`${source}/${fullName}`, full]]);
  if (differential !== undefined) wanted.set(`${source}/${differentialName}`, differential);
  const files: LaidOut[] = [];
  for await (const member of archived.members()) {
    const name = member.name.toString();
    const native = wanted.get(name);
    if (native === undefined || member.kind !== 'file') continue;
    const file = exchangeFile({ source, settings, work }, name.slice(source.length + 1));
    await writeMemberFile(file.here, member, archived.content(member, signal), onBytes, false);
    await openForServer(file.here);
    files.push({ file, guid: native.guid, bytes: member.sizeBytes });
    wanted.delete(name);
  }
  const [missing] = wanted.keys();
  if (missing !== undefined) throw damagedBackup(source, `"${missing}" is missing`);
  return files.toSorted((a) => (a.guid === full.guid ? -1 : 1));
}

/** The server reads all of it before anything is made of it. */
async function proveFile(
  session: SqlSession,
  { source, server, settings }: Staging,
  { file, guid, bytes }: LaidOut,
  work: Telling,
): Promise<void> {
  const { signal } = work;
  const onPercent = tellPercent(work, `check the backup of ${source} in its server`, bytes);
  const { here } = settings.exchange;
  beforeOperation('verify backup', file.server);
  const verified = askLong(
    { server, sql: verifySql(file.server), folder: here, onPercent },
    signal,
  ).catch((error: unknown) => {
    throw isAboutContent(error) ? damagedBackup(source, errorMessage(error), error) : error;
  });
  await asking(signal, verified);
  const header = await asking(signal, readHeader(session, file.server, signal));
  if (!isSame(header.guid, guid)) throw damagedBackup(source, 'it is another backup than it says');
}

/** NORECOVERY: it stays open to the differential, which comes last. */
async function restore(
  { source, server, name, settings }: Staging,
  files: readonly LaidOut[],
  session: SqlSession,
  work: Telling,
): Promise<void> {
  const { signal } = work;
  for (const [index, { file, bytes }] of files.entries()) {
    const isLast = index === files.length - 1;
    const moves = await asking(signal, movesOf(session, server, name, file.server, signal));
    const how = [isLast ? 'RECOVERY' : 'NORECOVERY', 'CHECKSUM', ...moves, 'STATS = 5'].join(', ');
    const sql = `RESTORE DATABASE ${identifier(name)} FROM DISK = ${literal(file.server)} WITH ${how}`;
    beforeOperation('restore database', name);
    const onPercent = tellPercent(work, `restore ${source} in its server`, bytes);
    await runLong({ server, sql, folder: settings.exchange.here, onPercent }, signal);
  }
}

/** Every file of it gets a name of its own: those in the backup are in use by what is live. */
async function movesOf(
  session: SqlSession,
  server: SqlserverSettings,
  name: string,
  path: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const files = await readFileList(session, path, signal);
  const folders = await foldersOf(session, server, signal);
  return files.map((file) => {
    const folder = file.type === 'L' ? folders.log : folders.data;
    const target = `${folder}${fileNameOf(name)}_${file.id}${endings[file.type] ?? ''}`;
    return `MOVE ${literal(file.name)} TO ${literal(target)}`;
  });
}

const endings: Readonly<Record<string, string>> = { D: '.mdf', L: '.ldf' };

/** What no file system takes in a name is left out. */
function fileNameOf(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}_-]/gu, '_');
}

/** Where what is live lies now, by its first file of each kind; else where the server puts new ones. */
async function foldersOf(
  session: SqlSession,
  server: SqlserverSettings,
  signal: AbortSignal,
): Promise<{ readonly data: string; readonly log: string }> {
  const { dataFolder, logFolder } = await readServer(session, signal);
  const rows = await session.query(
    `SELECT type AS kind, physical_name AS path FROM sys.master_files
     WHERE database_id = DB_ID(${literal(server.name)}) ORDER BY file_id`,
    signal,
  );
  const live = (kind: string): string | undefined =>
    rows.find((row) => row['kind'] === kind)?.['path']?.replace(/[^\\/]*$/, '');
  return { data: live('0') ?? dataFolder, log: live('1') ?? logFolder };
}

/** Page by page. */
async function check({ source, server, name, settings }: Staging, work: Telling): Promise<void> {
  const { signal } = work;
  const onPercent = tellPercent(work, `check ${source} in its server`, 0);
  const sql = `DBCC CHECKDB(${identifier(name)}) WITH NO_INFOMSGS`;
  beforeOperation('check database', name);
  const checked = askLong({ server, sql, folder: settings.exchange.here, onPercent }, signal).catch(
    (error: unknown) => {
      throw isAboutContent(error) ? damagedBackup(source, errorMessage(error), error) : error;
    },
  );
  await asking(signal, checked);
}
