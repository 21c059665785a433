import { KedgeError } from '../../../protocol/failures.ts';
import type { DatabaseClient, FoundClients } from '../database-server.ts';
import { SqlError, type SqlRow, type SqlSession } from '../sql-session.ts';
import { untilNone } from '../until-none.ts';
import { product } from './open-session.ts';
import { identifier, literal } from './quote.ts';

/** Whose sessions, and who looks. */
export interface Looked {
  readonly name: string;
  readonly user: string;
}

export async function findSessions(
  session: SqlSession,
  { name, user }: Looked,
  signal: AbortSignal,
): Promise<FoundClients> {
  const rows = await session.query(sessionsSql(name, user), signal);
  const [right] = await session.query(seesAllSql, signal);
  return {
    clients: rows.map(clientOf),
    ...(right?.['allowed'] === '1'
      ? {}
      : { unseen: `GRANT VIEW SERVER STATE TO ${identifier(user)};` }),
  };
}

const seesAllSql = `SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS allowed`;

/** What a session runs is left out: it may hold data. Times are of the server's clock. */
function sessionsSql(name: string, user: string): string {
  return `SELECT s.session_id AS pid, s.login_name AS login, s.host_name AS host,
      s.program_name AS program, s.status AS status, r.blocking_session_id AS blocker, r.wait_type AS wait,
      DATEDIFF(SECOND, '19700101', DATEADD(MINUTE, DATEDIFF(MINUTE, GETDATE(), GETUTCDATE()), s.login_time)) AS since
    FROM sys.dm_exec_sessions s LEFT JOIN sys.dm_exec_requests r ON r.session_id = s.session_id
    WHERE s.database_id = DB_ID(${literal(name)}) AND s.is_user_process = 1 AND s.session_id <> @@SPID
      AND NOT (s.program_name = N'kedge' AND s.login_name = ${literal(user)})
    ORDER BY s.session_id`;
}

function clientOf({
  pid,
  login,
  host,
  program,
  status,
  blocker,
  wait,
  since,
}: SqlRow): DatabaseClient {
  const blocks = blocker && blocker !== '0' ? `a lock of session ${blocker}` : undefined;
  const waitsFor = blocks ?? (wait ? wait : undefined);
  return {
    pid: Number(pid),
    ...(login ? { user: login } : {}),
    ...(program ? { program } : {}),
    ...(host ? { address: host } : {}),
    ...(since ? { sinceMs: Number(since) * 1000 } : {}),
    ...(status ? { state: status } : {}),
    ...(waitsFor === undefined ? {} : { waitsFor }),
  };
}

/** "is not an active process ID"; "do not have permission to use the KILL statement". */
const [gone, denied] = ['6106', '6102'];

/** Ends all and looks until none is left; those that come back meanwhile too. */
export async function endSessions(
  session: SqlSession,
  looked: Looked,
  signal: AbortSignal,
): Promise<number> {
  const { name, user } = looked;
  const left = async () => (await findSessions(session, looked, signal)).clients;
  const end = async (): Promise<number> => {
    const clients = await left();
    for (const { pid } of clients)
      await session.query(`KILL ${pid}`, signal).catch((error: unknown) => {
        if (!(error instanceof SqlError) || error.code !== gone) throw error;
      });
    return clients.length;
  };
  try {
    return await untilNone({ product, database: name, end, left }, signal);
  } catch (error) {
    if (!(error instanceof SqlError) || error.code !== denied) throw error;
    const what = `end the connections of other users to "${name}"`;
    const grant = `GRANT ALTER ANY CONNECTION TO ${identifier(user)};`;
    throw new KedgeError('database-denied', { product, user, what, grant }, { cause: error });
  }
}
