import type { Alarm } from '../../../protocol/domain/alarm.ts';
import type { Problem, Snapshot } from '../../../protocol/domain/snapshot.ts';

/** What is wrong now: a problem, with its alarm once it has stayed. */
export interface Trouble extends Problem {
  readonly alarm?: Alarm;
}

/** Open ones first, those that were acknowledged last; what explains others, then errors before warnings. */
export function troublesOf({ problems, alarms = [] }: Snapshot): readonly Trouble[] {
  const byKey = new Map(alarms.map((alarm) => [alarm.key, alarm]));
  const there = new Set(problems.map(({ id }) => id));
  // Gone in this moment: the alarm is cured with the next look.
  const leaving = alarms.filter(({ key }) => !there.has(key)).map(troubleOf);
  return (
    [...problems.map((problem) => withAlarm(problem, byKey.get(problem.id))), ...leaving]
      .toSorted((a, b) => a.severity.localeCompare(b.severity))
      // It says why others are ill.
      .toSorted((a, b) => Number(b.shutOut !== undefined) - Number(a.shutOut !== undefined))
      .toSorted((a, b) => Number(isSeen(a)) - Number(isSeen(b)))
  );
}

/** Those that call for somebody. */
export function unseenTroubles(snapshot: Snapshot): readonly Trouble[] {
  return troublesOf(snapshot).filter((trouble) => !isSeen(trouble));
}

export function isSeen({ alarm }: Trouble): boolean {
  return alarm?.state === 'acknowledged';
}

function withAlarm(problem: Problem, alarm: Alarm | undefined): Trouble {
  return alarm === undefined ? problem : { ...problem, sinceMs: alarm.sinceMs, alarm };
}

function troubleOf(alarm: Alarm): Trouble {
  const { key: id, severity, sinceMs, text, place, hint } = alarm;
  return {
    id,
    severity,
    sinceMs,
    text,
    ...(place === undefined ? {} : { place }),
    ...(hint === undefined ? {} : { hint }),
    alarm,
  };
}
