import { open } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { removeFile } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { factsMember, fileMember, folderMember } from '../dumps/dump-member.ts';
import type { Capture, CapturedMember, CaptureOrder } from '../source.ts';
import { type BackupFacts, differentialName, factsName, fullName } from './backup-facts.ts';
import { chooseNative, isSame, type NativeBase, type NativeChoice } from './choose-native.ts';
import { wordPlace } from './database-place.ts';
import { clearExchange, type ExchangeFile, exchangeFile, writtenBytes } from './exchange-folder.ts';
import { runLong } from './long-statement.ts';
import {
  type BackupHeader,
  backupSql,
  readFileList,
  readHeader,
  verifySql,
} from './native-backup.ts';
import { countTables, readProperties, readServer, readUsedBytes } from './read-facts.ts';
import { asking, hasNumber, openMaster, openSession } from './sessions.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';
import { tellPercent } from './tell-percent.ts';

interface Taking {
  readonly source: string;
  readonly settings: SqlserverSourceSettings;
  readonly server: SqlserverSettings;
  readonly work: Work;
}

/** The server backs a database up into the exchange folder while others write; from there it is read. */
export async function captureSqlserver(
  source: string,
  settings: SqlserverSourceSettings,
  work: Work,
  asked: CaptureOrder = {},
): Promise<Capture> {
  const server = serverOf(settings);
  const taking: Taking = { source, settings, server, work };
  work.signal.throwIfAborted();
  try {
    using session = await openDatabase(source, server, work.signal);
    const choice = await asking(
      work.signal,
      chooseNative(server.name, asked, session, work.signal),
    );
    return captured(taking, await take(taking, choice, session));
  } catch (error) {
    await clearExchange(taking);
    throw error;
  }
}

/** The live one; source-missing where the server has none of this name. */
export async function openDatabase(
  source: string,
  server: SqlserverSettings,
  signal: AbortSignal,
): Promise<SqlSession> {
  try {
    return await openSession(server, server.name, signal);
  } catch (error) {
    if (!hasNumber(error, cannotOpen)) throw error;
    using session = await openMaster(server, signal);
    const found = await asking(signal, readProperties(session, server.name, signal));
    if (found !== undefined) throw error;
    throw new KedgeError('source-missing', { source, path: wordPlace(server) }, { cause: error });
  }
}

/** It is not there, or closed, or closed to this login. */
export const cannotOpen = '4060';

interface Taken {
  readonly file: ExchangeFile;
  readonly facts: BackupFacts;
  readonly base?: NativeBase | undefined;
  readonly why?: string | undefined;
}

async function take(taking: Taking, choice: NativeChoice, session: SqlSession): Promise<Taken> {
  const { source, settings, work } = taking;
  const { signal } = work;
  const name = choice.order.kind === 'full' ? fullName : differentialName;
  const file = exchangeFile(taking, name);
  const tables = await asking(signal, countTables(session, signal));
  const inUse = await asking(signal, readUsedBytes(session, signal));
  await runBackup(taking, choice, file, inUse);
  const bytes = await writtenBytes(source, settings, file);
  const { header, files } = await prove(taking, file, bytes);
  const { base } = choice;
  // Somebody took a full between the question and this.
  if (base !== undefined && !isSame(header.base ?? '', base.facts.full.guid)) {
    await clearExchange(taking);
    const why = 'another full was taken of it meanwhile, not by this';
    return await take(taking, { order: { kind: 'full', copyOnly: true }, why }, session);
  }
  const native = { guid: header.guid, bytes, copyOnly: header.copyOnly };
  const facts = await asking(signal, factsOf(taking, session, { files, tables }));
  return {
    file,
    facts:
      base === undefined
        ? { ...facts, full: native }
        : { ...facts, full: base.facts.full, differential: native },
    base,
    why: choice.base === undefined ? choice.why : undefined,
  };
}

async function runBackup(
  { source, server, settings, work }: Taking,
  { order }: NativeChoice,
  file: ExchangeFile,
  inUse: number,
): Promise<void> {
  // How much a differential will be nobody knows.
  const bytes = order.kind === 'full' ? inUse : 0;
  const onPercent = tellPercent(work, `back up ${source} in its server`, bytes);
  const sql = backupSql(server.name, file.server, order, `kedge job ${work.job}`);
  await runLong({ server, sql, folder: settings.exchange.here, onPercent }, work.signal);
}

/** By the server that wrote it, as nobody else knows the format. */
async function prove(
  { source, server, settings, work }: Taking,
  file: ExchangeFile,
  bytes: number,
): Promise<{ readonly header: BackupHeader; readonly files: BackupFacts['files'] }> {
  const { signal } = work;
  const onPercent = tellPercent(work, `check the backup of ${source}`, bytes);
  const sql = verifySql(file.server);
  await runLong({ server, sql, folder: settings.exchange.here, onPercent }, signal);
  using session = await openMaster(server, signal);
  const look = async () => {
    const header = await readHeader(session, file.server, signal);
    const listed = await readFileList(session, file.server, signal);
    return { header, files: listed.map(({ name, type, bytes }) => ({ name, type, bytes })) };
  };
  const { header, files } = await asking(signal, look());
  if (!header.isDamaged) return { header, files };
  throw new KedgeError('source-miscounted', { source, problem: 'its server found damage in it' });
}

async function factsOf(
  { server: { name }, work: { signal } }: Taking,
  session: SqlSession,
  found: Pick<BackupFacts, 'files' | 'tables'>,
): Promise<Omit<BackupFacts, 'full'>> {
  const { version, edition } = await readServer(session, signal);
  const properties = await readProperties(session, name, signal);
  const { owner, recovery = '', turnedOff = [] } = properties ?? {};
  return {
    format: 1,
    server: version,
    edition,
    database: name,
    ...(owner === undefined ? {} : { owner }),
    recovery,
    turnedOff,
    ...found,
  };
}

function captured(taking: Taking, taken: Taken): Capture {
  const { source } = taking;
  const { file, why } = taken;
  return {
    gaps: [],
    notes:
      why === undefined
        ? []
        : [`source "${source}": a whole backup is in this differential: ${why}`],
    members: (signal) => members(taking, taken, signal),
    async [Symbol.asyncDispose]() {
      await removeFile(file.here);
      await clearExchange(taking);
    },
  };
}

async function* members(
  taking: Taking,
  { file, facts, base }: Taken,
  signal: AbortSignal,
): AsyncGenerator<CapturedMember> {
  const { source } = taking;
  yield folderMember(source);
  yield factsMember(`${source}/${factsName}`, facts);
  // It lies in the base: of a chain of both the server gets the two, one after the other.
  if (base !== undefined) yield { header: base.header, content: Buffer.alloc(0), unchanged: true };
  signal.throwIfAborted();
  const name = base === undefined ? fullName : differentialName;
  const native = facts.differential ?? facts.full;
  await refuseForeign(taking, file, native, signal);
  yield await fileMember(`${source}/${name}`, file.here);
  // It has been read by now.
  await refuseForeign(taking, file, native, signal);
}

/** How every backup of the server begins. Source: Microsoft Tape Format 1.00a, 5.2.1. */
const magic = Buffer.from('TAPE');

/** Others may write to that folder too: what is read must be what was proven. */
async function refuseForeign(
  { source, server, settings }: Taking,
  file: ExchangeFile,
  { guid, bytes }: BackupFacts['full'],
  signal: AbortSignal,
): Promise<void> {
  const refused = (problem: string) => new KedgeError('source-miscounted', { source, problem });
  if (!(await beginsRight(file))) throw refused(`"${file.here}" is no backup of a SQL Server`);
  using session = await openMaster(server, signal);
  const header = await asking(signal, readHeader(session, file.server, signal));
  const found = await writtenBytes(source, settings, file);
  if (isSame(header.guid, guid) && found === bytes) return;
  throw refused(`"${file.here}" is another backup than the one that was taken`);
}

async function beginsRight({ here }: ExchangeFile): Promise<boolean> {
  await using file = await open(here, 'r');
  const { buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
  return buffer.equals(magic);
}
