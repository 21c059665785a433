import { existsSync } from 'node:fs';
import { type Bak, type BakHeader, readBak, writeBak } from './bak.ts';
import { type FakeDatabase, newGuid } from './fake-database.ts';
import type { Called, Statement } from './fake-sqlserver.ts';
import { cannotOpen, denied, noSuchDatabase } from './refusals.ts';
import { TdsError } from './server.ts';
import { name, statement, text, unbracket, unquote } from './sql-text.ts';
import { Lsn, type Row } from './tokens.ts';

/** As STATS = 5 tells it. */
async function goOn({ server, session, answer }: Called): Promise<void> {
  for (let percent = 5; percent <= 100; percent += 5) {
    session.percent = percent;
    await server.during(percent);
    answer.message({ number: 3211, text: `${percent} percent processed.` });
  }
}

const given = ({ match }: Called, index: number): string => match[index] ?? '';
const baseTables = new Map<string, readonly string[]>();

async function backUp(called: Called): Promise<void> {
  const { server, session, answer } = called;
  const database = server.find(unbracket(given(called, 1)));
  if (database === undefined) throw noSuchDatabase(given(called, 1));
  if (!server.owns(session, database)) throw denied('BACKUP DATABASE');
  const options = given(called, 3);
  if (/(^|, )COMPRESSION/.test(options) && server.edition.startsWith('Express'))
    throw new TdsError({
      number: 1844,
      text: 'BACKUP DATABASE WITH COMPRESSION is not supported on Express Edition.',
    });
  const there = unquote(given(called, 2));
  const isDifferential = options.startsWith('DIFFERENTIAL');
  if (isDifferential && database.base === undefined)
    throw new TdsError(
      {
        number: 3035,
        text: `Cannot perform a differential backup for database "${database.name}", because a current database backup does not exist.`,
      },
      { number: 3013, text: 'BACKUP DATABASE is terminating abnormally.' },
    );
  const path = server.path(there);
  await goOn(called);
  await server.before(`writing ${there}`, session);
  try {
    writeBak(path, takenOf(database, isDifferential, options));
  } catch (error) {
    throw cannotOpen(there, error instanceof Error ? error.message : '', 3);
  }
  answer.message({
    number: 3014,
    text: 'BACKUP DATABASE successfully processed 322 pages in 0.041 seconds (61.356 MB/sec).',
  });
}

function takenOf(database: FakeDatabase, isDifferential: boolean, options: string): Bak {
  const checkpoint = database.checkpoint();
  const [, label = ''] = /NAME = N'((?:[^']|'')*)'/.exec(options) ?? [];
  const copyOnly = /\bCOPY_ONLY\b/.test(options);
  const { base } = database;
  const guid = newGuid();
  const header: BakHeader = {
    name: label,
    kind: isDifferential ? 'differential' : 'full',
    copyOnly,
    guid,
    database: database.name,
    firstLsn: String(checkpoint),
    lastLsn: String(checkpoint + 2n),
    checkpointLsn: String(checkpoint),
    ...(isDifferential && base !== undefined
      ? { baseGuid: base.guid, baseLsn: String(base.lsn) }
      : {}),
    major: 16,
    files: database.files,
  };
  if (isDifferential && base !== undefined)
    return { header, tables: database.dump(base.lsn, baseTables.get(base.guid)) };
  if (!copyOnly) {
    database.base = { guid, lsn: checkpoint };
    baseTables.set(
      guid,
      database.counts.map(({ table }) => table),
    );
  }
  return { header, tables: database.dump() };
}

/** To look into a backup takes the right to make a database of it. */
function opened(called: Called, index: number): Bak {
  const { server, session } = called;
  if (!server.mayAlter(session)) throw denied('CREATE DATABASE');
  const there = unquote(given(called, index));
  const path = server.path(there);
  if (!existsSync(path)) throw cannotOpen(there, 'The system cannot find the file specified', 2);
  const bak = readBak(path);
  const abnormal = { number: 3013, text: 'RESTORE is terminating abnormally.' };
  if (bak === undefined)
    throw new TdsError(
      {
        number: 3241,
        text: `The media family on device '${there}' is incorrectly formed. SQL Server cannot process this media family.`,
      },
      abnormal,
    );
  if (bak === 'damaged')
    throw new TdsError(
      { number: 3189, text: `Damage to the backup set was detected in '${there}'.` },
      abnormal,
    );
  return bak;
}

async function restore(called: Called): Promise<void> {
  const { server, session } = called;
  const into = unbracket(given(called, 1));
  const options = given(called, 3);
  const bak = opened(called, 2);
  const there = server.find(into);
  const moves = movesIn(options);
  const isLast = options.startsWith('RECOVERY');
  const database =
    bak.header.kind === 'full' ? anew(called, into, there) : continued(called, bak.header, there);
  refuseInUse(called, bak.header, moves, database);
  await goOn(called);
  await server.before(`restoring ${into}`, session);
  database.load(bak.tables);
  database.files = bak.header.files.map((file) => ({
    ...file,
    path: moves.get(file.name) ?? file.path,
  }));
  if (bak.header.kind === 'full') {
    database.restoredGuid = bak.header.guid;
    database.owner = session.login.user;
  }
  database.state = isLast ? 'ONLINE' : 'RESTORING';
}

function anew(
  { server, session }: Called,
  into: string,
  there: FakeDatabase | undefined,
): FakeDatabase {
  if (!server.mayAlter(session)) throw denied('CREATE DATABASE');
  if (there !== undefined)
    throw new TdsError(
      {
        number: 3159,
        text: `The tail of the log for the database "${into}" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose.`,
      },
      { number: 3013, text: 'RESTORE DATABASE is terminating abnormally.' },
    );
  const database = server.create(into);
  database.state = 'RESTORING';
  // Those who may enter are in the backup: of the tests' one application always the same.
  for (const [user, role] of server.appUsers) database.users.set(user, role);
  return database;
}

function continued(
  _called: Called,
  header: BakHeader,
  there: FakeDatabase | undefined,
): FakeDatabase {
  const abnormal = { number: 3013, text: 'RESTORE DATABASE is terminating abnormally.' };
  if (there === undefined || there.state !== 'RESTORING')
    throw new TdsError(
      {
        number: 3117,
        text: 'The log or differential backup cannot be restored because no files are ready to rollforward.',
      },
      abnormal,
    );
  if (there.restoredGuid !== header.baseGuid)
    throw new TdsError(
      {
        number: 3136,
        text: 'This differential backup cannot be restored because the database has not been restored to the correct earlier state.',
      },
      abnormal,
    );
  return there;
}

function movesIn(options: string): ReadonlyMap<string, string> {
  const pattern = new RegExp(`MOVE ${text} TO ${text}`, 'g');
  return new Map(
    [...options.matchAll(pattern)].map(([, from = '', to = '']) => [unquote(from), unquote(to)]),
  );
}

function refuseInUse(
  { server }: Called,
  header: BakHeader,
  moves: ReadonlyMap<string, string>,
  into: FakeDatabase,
): void {
  for (const file of header.files) {
    const path = moves.get(file.name) ?? file.path;
    const user = server.databases.find(
      (each) => each !== into && each.files.some((used) => used.path === path),
    );
    if (user === undefined) continue;
    if (into.restoredGuid === undefined) server.databases.splice(server.databases.indexOf(into), 1);
    throw new TdsError(
      {
        number: 1834,
        text: `The file '${path}' cannot be overwritten. It is being used by database '${user.name}'.`,
      },
      { number: 3013, text: 'RESTORE DATABASE is terminating abnormally.' },
    );
  }
}

const headerColumns = [
  'BackupName',
  'BackupType',
  'DatabaseName',
  'FirstLSN',
  'LastLSN',
  'CheckpointLSN',
  'IsCopyOnly',
  'IsDamaged',
  'HasBackupChecksums',
  'DifferentialBaseLSN',
  'DifferentialBaseGUID',
  'BackupSetGUID',
  'SoftwareVersionMajor',
];

function headerRow({ header }: Bak): Row {
  return {
    BackupName: header.name,
    BackupType: header.kind === 'full' ? 1 : 5,
    DatabaseName: header.database,
    FirstLSN: new Lsn(BigInt(header.firstLsn)),
    LastLSN: new Lsn(BigInt(header.lastLsn)),
    CheckpointLSN: new Lsn(BigInt(header.checkpointLsn)),
    IsCopyOnly: header.copyOnly,
    IsDamaged: false,
    HasBackupChecksums: true,
    DifferentialBaseLSN: header.baseLsn === undefined ? null : new Lsn(BigInt(header.baseLsn)),
    DifferentialBaseGUID: header.baseGuid ?? null,
    BackupSetGUID: header.guid,
    SoftwareVersionMajor: header.major,
  };
}

/** BACKUP, and what looks into or brings back what it wrote. */
export const backupStatements: readonly Statement[] = [
  { sql: new RegExp(`^BACKUP DATABASE ${name} TO DISK = ${text} WITH (.*)$`, 's'), run: backUp },
  {
    sql: statement(`RESTORE VERIFYONLY FROM DISK = ${text} WITH CHECKSUM, STATS = 5`),
    run(called) {
      opened(called, 1);
      called.answer.message({ number: 3211, text: '100 percent processed.' });
      called.answer.message({ number: 3262, text: 'The backup set on file 1 is valid.' });
    },
  },
  {
    sql: statement(`RESTORE HEADERONLY FROM DISK = ${text}`),
    run: (called) => called.answer.rows(headerColumns, [headerRow(opened(called, 1))]),
  },
  {
    sql: statement(`RESTORE FILELISTONLY FROM DISK = ${text}`),
    run(called) {
      const rows = opened(called, 1).header.files.map((file) => ({
        LogicalName: file.name,
        PhysicalName: file.path,
        Type: file.type,
        FileId: BigInt(file.id),
        Size: BigInt(file.bytes),
      }));
      called.answer.rows(['LogicalName', 'PhysicalName', 'Type', 'Size', 'FileId'], rows);
    },
  },
  {
    sql: new RegExp(`^RESTORE DATABASE ${name} FROM DISK = ${text} WITH (.*)$`, 's'),
    run: restore,
  },
];
