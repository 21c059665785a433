import { KedgeError } from '../../../protocol/failures.ts';
import type { DatabaseClient, FoundClients } from '../database-server.ts';
import { SqlError, type SqlRow, type SqlSession } from '../sql-session.ts';
import { untilNone } from '../until-none.ts';
import { identifier, literal } from './quote.ts';

/** Whose sessions, and who looks. */
export interface Looked {
  readonly name: string;
  readonly user: string;
}

const product = 'PostgreSQL';

/** Before the mark of an exchange of tables: what its sessions say they are. With a UUID within 63 bytes. */
export const exchangeProgram = 'kedge exchange ';

export async function findSessions(
  session: SqlSession,
  { name, user }: Looked,
  signal: AbortSignal,
): Promise<FoundClients> {
  const rows = await session.query(sessionsSql(name, user), signal);
  const isHidden = rows.some(({ state, since }) => state === null && since === null);
  return {
    clients: rows.map(clientOf),
    ...(isHidden ? { unseen: `GRANT pg_read_all_stats TO ${identifier(user)};` } : {}),
  };
}

/** Walsenders and parallel workers belong to others that are listed. */
function sessionsSql(name: string, user: string): string {
  return `SELECT pid, usename, application_name, host(client_addr) AS address, client_port,
      floor(extract(epoch FROM backend_start) * 1000) AS since, state,
      floor(extract(epoch FROM now() - state_change)) AS seconds, wait_event_type, wait_event,
      array_to_string(pg_blocking_pids(pid), ', ') AS blockers
    FROM pg_stat_activity
    WHERE datname = ${literal(name)} AND pid <> pg_backend_pid()
      AND (backend_type IS NULL OR backend_type = 'client backend')
      AND NOT ((application_name = 'kedge' OR left(application_name, ${exchangeProgram.length}) = ${literal(exchangeProgram)}) AND usename = ${literal(user)})
    ORDER BY backend_start NULLS LAST, pid`;
}

function clientOf(row: SqlRow): DatabaseClient {
  const { pid, usename, application_name: program, address, since, state, seconds } = row;
  const waitsFor = waitsForWhat(row);
  const words = state === null || state === undefined ? undefined : stateWords(state, seconds);
  return {
    pid: Number(pid),
    ...(usename ? { user: usename } : {}),
    ...(program ? { program } : {}),
    ...(since ? { address: address ?? 'this machine', sinceMs: Number(since) } : {}),
    ...(words === undefined ? {} : { state: words }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
  };
}

function stateWords(state: string, seconds: string | null | undefined): string {
  return seconds ? `${state} for ${seconds} s` : state;
}

/** "Client" is no wait that matters: it has nothing to do. */
function waitsForWhat({ wait_event_type: type, wait_event: event, blockers }: SqlRow) {
  if (blockers) return `a lock of process ${blockers}`;
  return !type || type === 'Client' || type === 'Activity' ? undefined : `${type}: ${event}`;
}

/** Of a superuser only another one may; who is left is named. */
const mayEnd = `(current_setting('is_superuser') = 'on'
  OR usesysid NOT IN (SELECT oid FROM pg_roles WHERE rolsuper))`;

/** Ends all and looks until none is left; those that come back meanwhile too. */
export async function endSessions(
  session: SqlSession,
  looked: Looked,
  signal: AbortSignal,
): Promise<number> {
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = ${literal(looked.name)} AND pid <> pg_backend_pid() AND ${mayEnd}`;
  const end = async (): Promise<number> => (await session.query(sql, signal)).length;
  const left = async () => (await findSessions(session, looked, signal)).clients;
  try {
    return await untilNone({ product, database: looked.name, end, left }, signal);
  } catch (error) {
    if (!(error instanceof SqlError) || error.code !== '42501') throw error;
    const { name, user } = looked;
    const what = `end the connections of other users to "${name}"`;
    const grant = `GRANT pg_signal_backend TO ${identifier(user)};`;
    throw new KedgeError('database-denied', { product, user, what, grant }, { cause: error });
  }
}
