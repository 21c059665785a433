import type { Job } from '../../protocol/domain/job.ts';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { formatBytes } from '../texts/bytes.ts';
import { reportTexts } from '../texts/english/report-texts.ts';
import { formatDistance } from '../texts/time.ts';
import { defineCommand } from './define-command.ts';
import { serviceTable } from './report/service-lines.ts';
import { fields } from './table.ts';

export const statusCommand = defineCommand('status', {
  cli: ['status'],
  args: [],
  danger: 'none',
  examples: ['kedge status', 'kedge status --json'],
  async run(context) {
    const snapshot = await context.call(snapshotGet, {}, context.signal);
    return { kind: 'data', data: snapshot, lines: statusLines(snapshot) };
  },
});

function statusLines(snapshot: Snapshot): readonly string[] {
  const { application, nowMs } = snapshot;
  if (application === undefined)
    return [reportTexts.none.application, ...problemLines(snapshot), ...snapshot.recovered];
  const version = application.version === undefined ? '' : ` ${application.version}`;
  const next = snapshot.schedules.flatMap((schedule) => schedule.nextMs ?? []);
  return [
    ...snapshot.recovered,
    ...fields([
      ['Application', `${application.name}${version}`],
      ['Configuration', snapshot.configPath],
      ['Backups', String(snapshot.backupCount)],
      ['Next', next.length === 0 ? '-' : formatDistance(Math.min(...next), nowMs)],
      ...snapshot.stores.map((store) => ['Destination', storeWords(store)] as const),
      ...snapshot.jobs.filter(atWork).map((job) => ['Job', jobWords(job)] as const),
    ]),
    '',
    ...(snapshot.services.length === 0
      ? [reportTexts.none.services]
      : serviceTable(snapshot.services, nowMs)),
    '',
    ...problemLines(snapshot),
  ];
}

function problemLines(snapshot: Snapshot): readonly string[] {
  if (snapshot.problems.length === 0) return [reportTexts.none.problems];
  return snapshot.problems.flatMap((problem) => [
    `! ${problem.text}${problem.place === undefined ? '' : ` (${problem.place})`}`,
    ...(problem.hint === undefined ? [] : [`  ${problem.hint}`]),
  ]);
}

function storeWords(store: Snapshot['stores'][number]): string {
  const free = store.freeBytes === undefined ? '' : `, ${formatBytes(store.freeBytes)} free`;
  const why = store.why === undefined ? '' : `: ${store.why}`;
  return `${store.id} ${store.state}${why}, ${store.path}${free}`;
}

function atWork(job: Job): boolean {
  return job.state.kind === 'running' || job.state.kind === 'queued';
}

function jobWords(job: Job): string {
  const step = job.state.kind === 'running' ? job.state.progress.step : job.state.kind;
  return `${job.id} ${job.title}: ${step}`;
}
