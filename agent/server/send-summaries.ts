import { summaryIsDue, summaryOf } from '../alarms/summary.ts';
import type { Daemon } from './daemon.ts';

/** More runs than a schedule of every 20 minutes makes in a week. */
const jobsRead = 1_000;

/** The regular mails that say that all is well, or what is not. Asked with every look: it is cheap until one is due. */
export function sendSummaries(daemon: Daemon): void {
  const routes = daemon.configFile.inForce()?.alarms?.routes ?? {};
  for (const [name, route] of Object.entries(routes)) {
    if (route.kind !== 'mail' || route.summary === undefined) continue;
    // Asked for only here: it brings in 9 MiB of calendars.
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const sinceMs = lastSummaryMs(daemon, name, route.summary);
    if (!summaryIsDue(route.summary, zone, sinceMs, daemon.now())) continue;
    const facts = {
      nowMs: daemon.now(),
      sinceMs,
      jobs: daemon.state.jobs.page(0, jobsRead),
      backups: daemon.backups.all(),
      alarms: daemon.alarms.current(),
    };
    daemon.alarms.tell(name, summaryOf(facts));
  }
}

/** Counted from when it was asked for first: nobody gets one for a week before that. */
function lastSummaryMs(daemon: Daemon, route: string, every: string): number {
  const firstMs = daemon.alarms.since(`summary:${route}:${every}`);
  const states = ['sent', 'waiting', 'failed'] as const;
  const made = states.map(
    (state) => daemon.state.deliveries.newest(route, state, 'summary')?.createdMs ?? 0,
  );
  return Math.max(firstMs, ...made);
}
