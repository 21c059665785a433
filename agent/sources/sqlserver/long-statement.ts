import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { asNoSpace } from './no-space.ts';
import { asking, openMaster } from './sessions.ts';

/** "10 percent processed." */
const percentMessage = 3211;
const usualLookMs = 2000;

export interface LongStatement {
  readonly server: SqlserverSettings;
  readonly sql: string;
  /** Of this machine, where backups pass. */
  readonly folder: string;
  /** Never goes back. */
  readonly onPercent?: (percent: number) => void;
  /** How often its server is asked beside it. */
  readonly lookMs?: number;
}

/** The same with what its server refuses as database-failed. */
export async function runLong(order: LongStatement, signal: AbortSignal): Promise<void> {
  await asking(signal, askLong(order, signal));
}

/**
 * BACKUP, RESTORE and DBCC, with how far they are. Fails with no-space of the folder, database-no-space, or the SqlError
 * of the server.
 */
export async function askLong(order: LongStatement, signal: AbortSignal): Promise<void> {
  const { server, sql, folder } = order;
  const onPercent = onlyForward(order.onPercent);
  using session = await openMaster(server, signal, (number, text) => {
    if (number === percentMessage) onPercent(percentIn(text));
  });
  const [own] = await session.query('SELECT @@SPID AS pid', signal);
  using _watch = await watchRequest(order, own?.['pid'] ?? '', onPercent, signal);
  await session.query(sql, signal).catch(async (error: unknown) => {
    throw await asNoSpace(error, server, folder);
  });
}

/** In some languages the number does not come first. */
function percentIn(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? 0);
}

/** Two tell it, one of them rounded. */
function onlyForward(tell: (percent: number) => void = () => undefined): (now: number) => void {
  let furthest = 0;
  return (percent) => {
    if (!(percent > furthest) || percent > 100) return;
    furthest = percent;
    tell(percent);
  };
}

/** STATS says nothing before the first of its steps is done, which of a large database is long; DBCC never does. */
async function watchRequest(
  { server, lookMs = usualLookMs }: LongStatement,
  pid: string,
  onPercent: (percent: number) => void,
  signal: AbortSignal,
): Promise<Disposable> {
  const session = await openMaster(server, signal);
  const sql = `SELECT CAST(percent_complete AS int) AS done FROM sys.dm_exec_requests WHERE session_id = ${Number(pid)}`;
  let isAsking = false;
  const look = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    // Not everybody may look, and what is shown is no reason to fail.
    const [row] = await session.query(sql, signal).catch(() => []);
    isAsking = false;
    const done = Number(row?.['done'] ?? 0);
    if (done > 0) onPercent(done);
  };
  const timer = setInterval(() => void look(), lookMs);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      session[Symbol.dispose]();
    },
  };
}
