import { historyKeptMs } from './service-history.ts';
import type { StateDatabase } from './state-database.ts';

const dayMs = 24 * 3_600_000;
const plansKeptMs = 7 * dayMs;
const jobsKeptMs = 90 * dayMs;
/** A schedule that runs every other minute makes more than this in a week. */
const jobsKept = 10_000;
const auditKeptMs = 400 * dayMs;
/** A year can be looked back on. */
const runsKeptMs = 400 * dayMs;
/** One schedule that runs every ten minutes makes as many in a year. */
const runsKept = 60_000;

/** Of the audit, and of it what was refused: whoever may do nothing must not drive out what others did. */
const auditKept = 50_000;
const refusedKept = 10_000;

/** Old plans, jobs and audit lines go; the newest job of each kind and schedule stays, and all unfinished ones. */
export function prune(database: StateDatabase, nowMs: number): readonly number[] {
  database.prepare('delete from plans where created_ms < ?').run(nowMs - plansKeptMs);
  pruneAudit(database, nowMs);
  database
    .prepare(
      `delete from runs
       where (slot_ms < ? or id <= (select max(id) from runs) - ?)
         and outcome not in ('running', 'waiting')
         and id not in (select max(id) from runs group by schedule, outcome)`,
    )
    .run(nowMs - runsKeptMs, runsKept);
  // Of a service that is no longer configured; of another one it says as much as nothing.
  database
    .prepare("delete from service_changes where at_ms < ? and state = 'unknown'")
    .run(nowMs - historyKeptMs);
  const gone = database
    .prepare(
      `delete from jobs
       where (finished_ms < ? or id <= (select max(id) from jobs) - ?)
         and finished_ms is not null
         and id not in (select max(id) from jobs group by kind, schedule)
       returning id`,
    )
    .pluck()
    .all(nowMs - jobsKeptMs, jobsKept);
  return gone.map(Number);
}

function pruneAudit(database: StateDatabase, nowMs: number): void {
  database.prepare('delete from audit where at_ms < ?').run(nowMs - auditKeptMs);
  const pruneKind = database.prepare(
    `delete from audit where refused = @refused
       and id <= (select id from audit where refused = @refused order by id desc limit 1 offset @kept)`,
  );
  pruneKind.run({ refused: 0, kept: auditKept });
  pruneKind.run({ refused: 1, kept: refusedKept });
}
