import type { Alarm } from '../../../protocol/domain/alarm.ts';
import type { Problem, Snapshot } from '../../../protocol/domain/snapshot.ts';
import { needing } from '../../../protocol/needing.ts';
import { texts } from '../../texts/texts.ts';
import { cutOffRestore } from '../restore/cut-off-restore.ts';

const words = texts.overview.suggestion;

/** What is wrong now: a problem, with its alarm once it has stayed. */
export interface Trouble extends Problem {
  readonly alarm?: Alarm;
}

/** Open ones first, those that were acknowledged last; what explains others, then errors before warnings. */
export function troublesOf(snapshot: Snapshot): readonly Trouble[] {
  const { problems, alarms = [] } = snapshot;
  const byKey = new Map(alarms.map((alarm) => [alarm.key, alarm]));
  const there = new Set(problems.map(({ id }) => id));
  // Gone in this moment: the alarm is cured with the next look.
  const leaving = alarms.filter(({ key }) => !there.has(key)).map(troubleOf);
  return [...problems.map((problem) => withAlarm(problem, byKey.get(problem.id))), ...leaving]
    .toSorted((a, b) => a.severity.localeCompare(b.severity))
    .toSorted((a, b) => Number(explains(b)) - Number(explains(a)))
    .toSorted((a, b) => Number(isSeen(a)) - Number(isSeen(b)))
    .map((trouble) => withCure(trouble, snapshot));
}

/** Those that call for somebody. */
export function unseenTroubles(snapshot: Snapshot): readonly Trouble[] {
  return troublesOf(snapshot).filter((trouble) => !isSeen(trouble));
}

export function isSeen({ alarm }: Trouble): boolean {
  return alarm?.state === 'acknowledged';
}

/** It says why others are ill: clients are kept out, or a restore that was cut off is not settled. */
function explains({ id, shutOut }: Trouble): boolean {
  return shutOut !== undefined || id.startsWith('job-recovery-');
}

/** Of a service that no reset cures, as something else keeps it down: what does. */
function withCure(trouble: Trouble, snapshot: Snapshot): Trouble {
  const { id, place } = trouble;
  if (place === undefined || id !== `service-${place}`) return trouble;
  const cutOff = cutOffRestore(snapshot);
  if (cutOff !== undefined) return { ...trouble, hint: words.heldByRecovery(cutOff.job.id) };
  const kept = snapshot.problems.find(
    ({ shutOut }) => shutOut !== undefined && needing([shutOut], snapshot.services).has(place),
  );
  return kept?.shutOut === undefined
    ? trouble
    : { ...trouble, hint: words.heldByLockout(kept.shutOut) };
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
