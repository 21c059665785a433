import type { SqlSession } from '../../databases/sql-session.ts';
import { identifier } from '../../databases/sqlserver/quote.ts';
import { errorMessage } from '../../os/error-code.ts';
import type { ArchivedSource, StageWork } from '../restore-kind.ts';
import type { BackupFacts } from './backup-facts.ts';
import { buildDatabase, type Staging } from './build-database.ts';
import { readProperties } from './read-facts.ts';
import { asking, openMaster } from './sessions.ts';

/** Has the server make a new database of the backups, and check it. Answers what is worth a word. */
export async function stageDatabase(
  staging: Staging,
  archived: ArchivedSource,
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const { signal } = work;
  const facts = await buildDatabase(staging, archived, work, onBytes);
  using session = await openMaster(staging.server, signal);
  return await asking(signal, finish(staging, facts, session, signal));
}

/** Open to nobody until it is the live one. */
async function finish(
  { source, server, name }: Staging,
  facts: BackupFacts,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { owner } = facts;
  await session.query(fenceSql(name), signal);
  const live = await readProperties(session, server.name, signal);
  const wanted = live?.owner ?? owner;
  return [
    ...(await giveOwner(session, source, name, wanted, signal)),
    ...facts.turnedOff.map((option) => offNote(source, server.name, option)),
  ];
}

export function fenceSql(name: string): string {
  return `ALTER DATABASE ${identifier(name)} SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE`;
}

/** A restored database belongs to whoever restored it. */
async function giveOwner(
  session: SqlSession,
  source: string,
  name: string,
  owner: string | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const now = await readProperties(session, name, signal);
  if (owner === undefined || now?.owner === owner) return [];
  const sql = `ALTER AUTHORIZATION ON DATABASE::${identifier(name)} TO ${identifier(owner)}`;
  try {
    await session.query(sql, signal);
    return [];
  } catch (error) {
    signal.throwIfAborted();
    return [
      `source "${source}": it belongs to "${now?.owner ?? '?'}" instead of "${owner}" (${errorMessage(error)})`,
    ];
  }
}

function offNote(source: string, database: string, option: string): string {
  const value = option === 'ENABLE_BROKER' ? '' : ' ON';
  return `source "${source}": a restore turns ${option} off; if it is needed: ALTER DATABASE ${identifier(database)} SET ${option}${value}`;
}
