import type { HealthState } from '../../protocol/domain/service.ts';
import type { ManagerStatus } from './manager.ts';
import type { ProbeAnswer } from './probe.ts';
import type { ServiceLimits } from './service-limits.ts';

/** One look at a service. `stopping`: it was asked to end and the answer is awaited. */
export interface Observation {
  readonly atMs: number;
  readonly status: ManagerStatus;
  readonly probes: readonly ProbeAnswer[];
  readonly stopping: boolean;
}

/** What is concluded from all looks so far. */
export interface Health {
  readonly state: HealthState;
  readonly why: string;
  readonly sinceMs: number;
  readonly status: ManagerStatus;
  /** Alive, probes good, and the same incarnation, all for its stable time. */
  readonly proven: boolean;
  /** Looks in a row that were good, bad, or found it down. */
  readonly good: number;
  readonly bad: number;
  readonly down: number;
  readonly goodSinceMs?: number;
  /** The first bad answer of those in a row. */
  readonly badSinceMs?: number;
  /** The run it is in, or that failed; a stop that was asked for clears it. */
  readonly incarnation?: string;
  readonly incarnations: number;
  /** When runs began that followed one that ended by itself. */
  readonly unaskedMs: readonly number[];
}

const badToChange = 3;
const goodToChange = 2;
const flappingStarts = 3;
const flappingWindowMs = 10 * 60_000;

/** Why nothing is known yet. */
export const notLookedAt = 'not looked at yet';

export function unknownHealth(atMs: number): Health {
  return {
    state: 'unknown',
    why: notLookedAt,
    sinceMs: atMs,
    status: { kind: 'unknown', detail: notLookedAt },
    proven: false,
    good: 0,
    bad: 0,
    down: 0,
    incarnations: 0,
    unaskedMs: [],
  };
}

/** Health after one more look. Pure; the clock is in the look. */
export function judge(before: Health, seen: Observation, limits: ServiceLimits): Health {
  const next = judgeStatus(before, seen, limits);
  return { ...next, sinceMs: next.state === before.state ? before.sinceMs : seen.atMs };
}

function judgeStatus(before: Health, seen: Observation, limits: ServiceLimits): Health {
  const { status } = seen;
  switch (status.kind) {
    case 'running':
      return judgeRunning(before, seen, status, limits);
    case 'starting':
      return judgeStarting(before, seen, status);
    case 'stopping':
      return { ...quiet(before, status), state: 'stopping', why: status.detail };
    case 'stopped': {
      const { incarnation: _, ...rest } = quiet(before, status);
      const down = before.down + 1;
      return { ...rest, state: 'stopped', why: status.detail, down, unaskedMs: [] };
    }
    case 'failed': {
      const down = before.down + 1;
      return { ...quiet(before, status), state: 'failed', why: status.detail, down };
    }
    case 'unknown':
      return { ...before, status, state: 'unknown', why: status.detail, proven: false, down: 0 };
    default:
      return status satisfies never;
  }
}

/** Counts of looks at a running one mean nothing once it does not run. */
function quiet(before: Health, status: ManagerStatus): Health {
  const { goodSinceMs: _, badSinceMs: __, ...rest } = before;
  return { ...rest, status, proven: false, good: 0, bad: 0, down: 0 };
}

type Starting = Extract<ManagerStatus, { kind: 'starting' }>;

/** Each try of a manager that starts it again and again is a run of its own. */
function judgeStarting(earlier: Health, seen: Observation, status: Starting): Health {
  const { incarnation, detail } = status;
  const same = incarnation === undefined || incarnation === earlier.incarnation;
  const begun = same ? earlier : beginRun(earlier, { ...status, incarnation }, seen.atMs);
  const now = { ...quiet(begun, status), unaskedMs: recent(begun.unaskedMs, seen.atMs) };
  const flapping = now.unaskedMs.length >= flappingStarts;
  return { ...now, state: flapping ? 'flapping' : 'starting', why: detail };
}

function recent(startsMs: readonly number[], atMs: number): readonly number[] {
  return startsMs.filter((startMs) => atMs - startMs < flappingWindowMs);
}

type Running = Extract<ManagerStatus, { kind: 'running' }>;

function judgeRunning(
  earlier: Health,
  seen: Observation,
  status: Running,
  limits: ServiceLimits,
): Health {
  const before =
    earlier.incarnation === status.incarnation ? earlier : beginRun(earlier, status, seen.atMs);
  if (seen.stopping) return { ...quiet(before, status), state: 'stopping', why: 'asked to stop' };
  const counted = countProbes(before, seen, status, limits);
  const state = stateOfRunning(counted, before.state, seen.atMs - status.startedAtMs, limits);
  return { ...counted, state, why: wordRunning(counted, state, seen) };
}

function beginRun(
  before: Health,
  status: (Running | Starting) & { readonly incarnation: string },
  atMs: number,
): Health {
  // A run that follows a failed or running one came by itself or after a crash; after a stop it was asked for.
  const unasked = before.incarnation === undefined ? [] : [atMs];
  return {
    ...quiet(before, status),
    // At the first look by this daemon, how long it has been well is not known, only how long it runs.
    state: before.state === 'unknown' && before.incarnations === 0 ? 'unknown' : 'starting',
    incarnation: status.incarnation,
    incarnations: before.incarnations + 1,
    unaskedMs: [...before.unaskedMs, ...unasked],
  };
}

function countProbes(
  before: Health,
  { probes, atMs }: Observation,
  status: Running,
  limits: ServiceLimits,
): Health {
  const { goodSinceMs: _, badSinceMs, ...rest } = before;
  const unaskedMs = recent(before.unaskedMs, atMs);
  const counted = { ...rest, status, down: 0, unaskedMs };
  if (!probes.every((answer) => answer.ok))
    return {
      ...counted,
      good: 0,
      bad: before.bad + 1,
      badSinceMs: badSinceMs ?? atMs,
      proven: false,
    };
  const adopted = before.state === 'unknown' && before.good === 0 && before.bad === 0;
  const firstGoodMs = adopted || probes.length === 0 ? status.startedAtMs : atMs;
  const goodSinceMs = before.goodSinceMs ?? firstGoodMs;
  const proven = atMs - goodSinceMs >= limits.stableMs;
  return { ...counted, good: before.good + 1, bad: 0, proven, goodSinceMs };
}

function stateOfRunning(
  now: Health,
  before: HealthState,
  ageMs: number,
  limits: ServiceLimits,
): HealthState {
  if (now.unaskedMs.length >= flappingStarts) return 'flapping';
  if (before === 'healthy') return now.bad >= badToChange ? 'ill' : 'healthy';
  if (before === 'ill') return now.good >= goodToChange ? 'healthy' : 'ill';
  if (now.proven) return 'healthy';
  return now.bad >= badToChange && ageMs > limits.startMs ? 'ill' : 'starting';
}

function wordRunning(now: Health, state: HealthState, { probes }: Observation): string {
  const bad = probes.find((answer) => !answer.ok);
  const words = bad === undefined ? wordWell(now, probes) : bad.text;
  if (state === 'flapping') return `${now.unaskedMs.length} new starts in 10 min; ${words}`;
  if (state === 'healthy' && bad !== undefined) return `${words} (${now.bad} of ${badToChange})`;
  return words;
}

function wordWell({ status }: Health, probes: readonly ProbeAnswer[]): string {
  const words = probes.map((answer) => answer.text);
  if (status.kind !== 'running') return 'running';
  const { pid, detail } = status;
  if (words.length === 0 && pid !== undefined) words.push(`process ${pid}`);
  return ['running', ...words, ...(detail === undefined ? [] : [`"${detail}"`])].join(', ');
}
