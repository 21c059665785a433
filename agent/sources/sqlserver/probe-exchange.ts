import { randomInt } from 'node:crypto';
import type { SqlSession } from '../../databases/sql-session.ts';
import { literal } from '../../databases/sqlserver/quote.ts';
import { errorMessage } from '../../os/error-code.ts';
import { createFile, removeFile } from '../../os/files.ts';
import {
  clearForgotten,
  type ExchangeFile,
  type ExchangeUser,
  exchangeFailure,
  exchangeFile,
  writtenBytes,
} from './exchange-folder.ts';
import { backupSql } from './native-backup.ts';
import { openForServer } from './open-for-server.ts';
import { asking, hasNumber } from './sessions.ts';
import type { SqlserverSourceSettings } from './settings.ts';

/** Whether Kedge and the server mean the same folder, and each may read what the other one wrote there. */
export async function probeExchange(
  user: ExchangeUser,
  session: SqlSession,
  signal: AbortSignal,
): Promise<void> {
  const { source, settings } = user;
  await clearForgotten(settings, Date.now());
  const name = `probe-${randomInt(2 ** 32)}`;
  const ours = exchangeFile(user, `${name}.txt`);
  const theirs = exchangeFile(user, `${name}.bak`);
  try {
    await writeProbe(source, settings, ours);
    await readByServer(source, settings, ours, session, signal);
    await backUpModel(source, settings, theirs, session, signal);
  } finally {
    await removeFile(ours.here);
    await removeFile(theirs.here).catch((error: unknown) => {
      const why = `what the server wrote can't be removed: ${errorMessage(error)}`;
      throw exchangeFailure(source, settings, why, error);
    });
  }
}

async function writeProbe(
  source: string,
  settings: SqlserverSourceSettings,
  { here }: ExchangeFile,
): Promise<void> {
  try {
    await using file = await createFile(here);
    await file.write('Kedge looks whether this can be read.\n');
    await openForServer(here);
  } catch (error) {
    throw exchangeFailure(source, settings, errorMessage(error), error);
  }
}

/** "The media family is incorrectly formed": it has read it, and it is no backup. */
const noBackup: readonly string[] = ['3241', '3243', '3246', '3254', '3205', '3246'];

async function readByServer(
  source: string,
  settings: SqlserverSourceSettings,
  { server }: ExchangeFile,
  session: SqlSession,
  signal: AbortSignal,
): Promise<void> {
  try {
    await session.query(`RESTORE HEADERONLY FROM DISK = ${literal(server)}`, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (hasNumber(error, ...noBackup)) return;
    if (!hasNumber(error, cannotOpenDevice))
      return void (await asking(signal, Promise.reject(error)));
    const why = `the server can't read what Kedge writes there: ${errorMessage(error)}`;
    throw exchangeFailure(source, settings, why, error);
  }
}

/** "Cannot open backup device": of a folder, mostly, that its user may not write to. */
export const cannotOpenDevice = '3201';

/** Empty on most servers; where the login may not back it up, the first backup of its own shows the rest. */
async function backUpModel(
  source: string,
  settings: SqlserverSourceSettings,
  file: ExchangeFile,
  session: SqlSession,
  signal: AbortSignal,
): Promise<void> {
  const [row] = await asking(signal, session.query(mayBackUpModel, signal));
  if (row?.['allowed'] !== '1') return;
  const order = { kind: 'full', copyOnly: true } as const;
  const sql = backupSql('model', file.server, order, 'kedge probe');
  try {
    await session.query(sql, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = `the server can't write there: ${errorMessage(error)}`;
    throw exchangeFailure(source, settings, why, error);
  }
  await writtenBytes(source, settings, file);
}

const mayBackUpModel = `SELECT HAS_PERMS_BY_NAME(N'[model]', 'DATABASE', 'BACKUP DATABASE') AS allowed`;
