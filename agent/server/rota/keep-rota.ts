import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { fitsBefore, type Turn, turnsNow } from '../../schedule/rota.ts';
import type { Daemon } from '../daemon.ts';
import { submitVerify } from '../job-ends.ts';
import { submitDrill } from '../submit-drill.ts';
import { attemptsOf, turnKey } from './attempts.ts';
import { drillHasRoom, lacksRoom } from './drill-room.ts';
import { type Rota, rotaOf } from './turns.ts';

const lookMs = 60_000;
/** After a start others want the disk, and an administrator who restarts Kedge is at work. */
const firstLookMs = 5 * 60_000;
/** So long nothing was done: whoever takes one backup may take another, or restore it. */
const quietMs = 2 * 60_000;
const dayMs = 24 * 3_600_000;
/** Presence of files and drives changes without a word. */
const staleMs = 3_600_000;
/** It gave way so often: from now on it only does to what a person asks for in its place. */
const givesWayAtMost = 3;
const attemptsLookedAt = 200;

/** Looks every minute whether a verify or a drill is due and nothing else is done. */
export function keepRota(daemon: () => Daemon): Disposable {
  const taker = turnTaker(daemon);
  let timer = setTimeout(look, firstLookMs).unref();
  function look(): void {
    timer = setTimeout(look, lookMs).unref();
    void taker.take().catch((error: unknown) => {
      daemon().log.write('error', `proofs: ${wordFailure(failureOf(error)).message}`);
    });
  }
  return {
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      taker[Symbol.dispose]();
    },
  };
}

export interface TurnTaker extends Disposable {
  /** Submits the turn that is due, where this is a quiet moment. Answers the job. */
  take(): Promise<number | undefined>;
}

export function turnTaker(daemon: () => Daemon, quiet = quietMs): TurnTaker {
  let known: { readonly rota: Rota; readonly atMs: number } | undefined;
  let listening: Disposable | undefined;
  let closed = false;
  const rota = async (): Promise<Rota> => {
    listening ??= daemon().broadcast.subscribe(({ change }) => {
      if (change.topic === 'backups' || change.topic === 'config') known = undefined;
    });
    const nowMs = daemon().now();
    if (known !== undefined && Math.abs(nowMs - known.atMs) < staleMs) return known.rota;
    const fresh = await rotaOf(daemon());
    known = { rota: fresh, atMs: nowMs };
    return fresh;
  };
  return {
    async take() {
      if (!isQuiet(daemon(), quiet)) return undefined;
      const { turns, kept, settings } = await rota();
      const due = turnsNow(turns, kept, settings, daemon().now());
      if (!due.some(({ kind }) => kind === 'drill')) drillHasRoom(daemon());
      // What came while it was looked up comes first.
      return due.length === 0 || closed || !isQuiet(daemon(), quiet)
        ? undefined
        : await takeFirst(daemon(), due);
    },
    [Symbol.dispose]: () => {
      closed = true;
      listening?.[Symbol.dispose]();
    },
  };
}

async function takeFirst(daemon: Daemon, due: readonly Turn[]): Promise<number | undefined> {
  const nowMs = daemon.now();
  const runMs = nextRunMs(daemon);
  const { jobs } = daemon.state;
  const attempts = attemptsOf(jobs.askedBetween(nowMs - 2 * dayMs, nowMs, attemptsLookedAt));
  for (const turn of due) {
    const { gaveWay = 0, restsUntilMs = 0 } = attempts.get(turnKey(turn)) ?? {};
    if (restsUntilMs > nowMs || !fitsBefore(turn, runMs, nowMs)) continue;
    const backup = daemon.backups.get(turn.backup);
    if (backup === undefined) continue;
    const rota = gaveWay < givesWayAtMost ? 'gives way' : 'insists';
    if (turn.kind === 'verify') return submitVerify(daemon, backup, 'kedge', undefined, rota).id;
    if (await lacksRoom(daemon, backup)) continue;
    return submitDrill(daemon, backup, { probe: true, origin: 'kedge', rota }).id;
  }
  return undefined;
}

/** No job runs, waits, or ended just now, and the clock can be trusted with ages. */
function isQuiet(daemon: Daemon, quiet: number): boolean {
  if (daemon.jobs.isClosing() || daemon.clock.doubt() !== undefined) return false;
  if (daemon.configFile.inForce() === undefined) return false;
  const sinceMs = daemon.now() - quiet;
  return (
    daemon.state.jobs.unfinished().length === 0 &&
    daemon.state.jobs.page(0, 5).every(({ finishedAtMs = 0 }) => finishedAtMs <= sinceMs)
  );
}

function nextRunMs(daemon: Daemon): number {
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...daemon.schedules.list().flatMap(({ nextMs }) => nextMs ?? []),
  );
}
