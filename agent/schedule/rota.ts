/** How often what is kept is proven again, days; false: not by itself. */
export interface ProofSettings {
  readonly verifyEveryDays: number | false;
  readonly drillEveryDays: number | false;
}

/** A good backup that is there and can be read here. */
export interface KeptBackup {
  readonly id: string;
  readonly capturedAtMs: number;
  readonly verifiedAtMs: number;
  /** That a verify of it is expected to take, and a drill; absent: no key here opens it. */
  readonly verifySeconds: number;
  readonly drillSeconds?: number;
}

/** `dueMs`: from when on it is its turn. */
export interface Turn {
  readonly kind: 'verify' | 'drill';
  readonly backup: string;
  readonly dueMs: number;
  readonly seconds: number;
}

export interface LastDrill {
  readonly atMs: number;
  readonly failed: boolean;
}

const dayMs = 24 * 3_600_000;
/** Of a period the work is spread over this much; the rest is for waiting until nothing else is done. */
const spreadOver = 0.9;
/** What is left over is caught up with at this many times the even pace. */
const catchUp = 2;
/** Nothing takes exactly as long as it did before. */
const margin = 1.5;
/** One that failed may have been put right since. */
const drillAgainMs = dayMs;

/** Every turn that comes, the first one first; of drills only the next. */
export function turnsOf(
  kept: readonly KeptBackup[],
  lastDrill: LastDrill | undefined,
  settings: ProofSettings,
): readonly Turn[] {
  const drill = drillTurn(kept, lastDrill, settings.drillEveryDays);
  const verifies = verifyTurns(kept, settings.verifyEveryDays);
  return [...(drill === undefined ? [] : [drill]), ...verifies].toSorted(
    (a, b) => a.dueMs - b.dueMs,
  );
}

/**
 * One at the end of its period each, but never more at once than an even pace goes through: counted back from
 * the last one, each begins by as much earlier as it takes of the whole.
 */
function verifyTurns(kept: readonly KeptBackup[], everyDays: number | false): readonly Turn[] {
  if (everyDays === false) return [];
  const periodMs = everyDays * dayMs;
  const slackMs = Math.min(dayMs, periodMs / 10);
  const msForSecond = (spreadOver * periodMs) / secondsOf(kept);
  const turns: Turn[] = [];
  let nextMs = Number.POSITIVE_INFINITY;
  for (const { id, verifiedAtMs, verifySeconds: seconds } of latestFirst(kept)) {
    const dueMs = Math.min(verifiedAtMs + periodMs - slackMs, nextMs - seconds * msForSecond);
    turns.push({ kind: 'verify', backup: id, dueMs, seconds });
    nextMs = dueMs;
  }
  return turns.reverse();
}

/** After the first good backup, then of the newest one each time. */
function drillTurn(
  kept: readonly KeptBackup[],
  last: LastDrill | undefined,
  everyDays: number | false,
): Turn | undefined {
  const [newest] = kept
    .filter(({ drillSeconds }) => drillSeconds !== undefined)
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs || a.id.localeCompare(b.id));
  if (everyDays === false || newest?.drillSeconds === undefined) return undefined;
  const againMs = last?.failed === true ? drillAgainMs : everyDays * dayMs;
  const dueMs = last === undefined ? newest.verifiedAtMs : last.atMs + againMs;
  return { kind: 'drill', backup: newest.id, dueMs, seconds: newest.drillSeconds };
}

/**
 * The turns that may be taken now, the first one first. After weeks in which nothing ran the days are no fuller
 * than `catchUp` says: the verifies of the last 24 hours count, one a day is always taken. What is too much for
 * today holds up the others: smaller ones would fill each day before it.
 */
export function turnsNow(
  turns: readonly Turn[],
  kept: readonly KeptBackup[],
  { verifyEveryDays }: ProofSettings,
  nowMs: number,
): readonly Turn[] {
  const done = secondsOf(kept.filter((one) => wasVerifiedAgain(one, nowMs)));
  const perDay = verifyEveryDays === false ? 0 : secondsOf(kept) / verifyEveryDays;
  const due = turns.filter(({ dueMs }) => dueMs <= nowMs);
  const tooMuch = due.findIndex(
    ({ kind, seconds }) => kind === 'verify' && done > 0 && done + seconds > catchUp * perDay,
  );
  return due.filter(({ kind }, index) => kind === 'drill' || tooMuch < 0 || index < tooMuch);
}

/** Whether it is through before a schedule runs, as far as one can tell; one that is late begins anyway. */
export function fitsBefore({ dueMs, seconds }: Turn, runMs: number, nowMs: number): boolean {
  return nowMs - dueMs > dayMs || nowMs + seconds * 1_000 * margin <= runMs;
}

/** Not the verify that follows a backup. */
function wasVerifiedAgain({ verifiedAtMs, capturedAtMs }: KeptBackup, nowMs: number): boolean {
  return verifiedAtMs > nowMs - dayMs && verifiedAtMs - capturedAtMs > dayMs;
}

function secondsOf(kept: readonly KeptBackup[]): number {
  return kept.reduce((sum, { verifySeconds }) => sum + verifySeconds, 0);
}

function latestFirst(kept: readonly KeptBackup[]): readonly KeptBackup[] {
  return kept.toSorted((a, b) => b.verifiedAtMs - a.verifiedAtMs || b.id.localeCompare(a.id));
}
