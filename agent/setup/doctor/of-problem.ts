import type { DoctorArea, DoctorFinding } from '../../../protocol/domain/doctor.ts';
import type { Problem } from '../../../protocol/domain/snapshot.ts';

/** By the beginning of the problem's id: what it is about, and why that matters. */
const areas: readonly (readonly [start: string, area: DoctorArea, why: string])[] = [
  ['config-', 'configuration', 'What was meant is not what is done.'],
  ['operator-socket', 'permissions', 'Who has the role comes in by it alone.'],
  ['viewer-socket', 'permissions', 'Who has the role comes in by it alone.'],
  ['ownership', 'configuration', 'Two that back up or restore the same data undo each other.'],
  ['service-', 'services', 'Users can not work with an application that is not well.'],
  ['no-schedule', 'schedules', 'Nobody thinks of backups every night.'],
  ['absence-', 'schedules', 'All that came since would be lost.'],
  ['paused-', 'schedules', 'All that came since would be lost.'],
  ['run-', 'schedules', 'All that came since would be lost.'],
  ['copies-', 'schedules', 'Backups in one place are lost with that place.'],
  ['job-', 'backups', 'What failed once mostly fails again.'],
  ['backup-', 'backups', 'It may not bring back what was in it.'],
  ['base-', 'backups', 'A differential alone brings nothing back.'],
  ['drill-', 'backups', 'A restore may fail in the same way.'],
  ['undo-', 'backups', 'That way back is gone.'],
  ['store-', 'destinations', 'No backup gets there, and none comes back from there.'],
  ['state-full', 'space', 'Without its records Kedge can do nothing.'],
  ['space-', 'space', 'A backup that finds no room fails.'],
  ['locked-archives', 'keys', 'A backup that nobody can open brings nothing back.'],
  ['encryption', 'keys', 'No backup is taken until then.'],
  ['recovery-key', 'keys', 'Without it nobody opens a backup once this server is lost.'],
  ['route-', 'alarms', 'Nobody hears of what goes wrong.'],
  ['clock', 'clock', 'Schedules and ages go by the clock.'],
];

/** A problem that Kedge knows of by itself. */
export function findingOfProblem(problem: Problem): DoctorFinding {
  const known = areas.find(([start]) => problem.id.startsWith(start));
  return {
    area: known?.[1] ?? 'kedge',
    tone: problem.severity === 'error' ? 'bad' : 'advice',
    thing: problem.place ?? known?.[1] ?? 'Kedge',
    text: problem.text,
    ...(known === undefined ? {} : { why: known[2] }),
    ...cureIn(problem.hint),
    ...(problem.id === 'no-schedule' ? noSchedule : {}),
  };
}

/** Its hint leads to a screen. */
const noSchedule = {
  cure: 'Set one: a full every night, differentials in between.',
  command: "kedge schedule set nightly --full 'daily 02:00' --differential 'every 4 hours'",
};

/** Hints name a command in quotes, or at their end: "Put it right, then try it: kedge alarm test ops." */
const commandInHint = /"(kedge [^"]+)"|: (kedge [^:]+?)\.?$/;

function cureIn(hint: string | undefined): Pick<DoctorFinding, 'cure' | 'command'> {
  if (hint === undefined) return {};
  const found = commandInHint.exec(hint);
  const command = found?.[1] ?? found?.[2];
  return { cure: hint, ...(command === undefined ? {} : { command }) };
}

/** Whether one stands whose id begins so: then nothing good is said of the same. */
export function stands(problems: readonly Problem[], ...starts: readonly string[]): boolean {
  return problems.some(({ id }) => starts.some((start) => id.startsWith(start)));
}
