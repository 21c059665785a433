import { basename } from 'node:path';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import { backupList } from '../../protocol/methods/backup.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { awayWords } from '../texts/away-words.ts';
import { formatBytes } from '../texts/bytes.ts';
import { wordMoment } from '../texts/moment.ts';
import { reportTexts } from '../texts/texts.ts';
import { formatDistance } from '../texts/time.ts';
import type { CommandContext } from './command.ts';
import { defineCommand } from './define-command.ts';
import { placeWords } from './report/alarm-lines.ts';
import { serviceTable } from './report/service-lines.ts';
import { fields } from './table.ts';

export const statusCommand = defineCommand('status', {
  cli: ['status'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge status', 'kedge status --json'],
  async run(context) {
    const snapshot = await context.call(snapshotGet, {}, context.signal);
    const lastGood = await newestGood(context);
    const data = lastGood === undefined ? snapshot : { ...snapshot, lastGood };
    return { kind: 'data', data, lines: statusLines(snapshot, lastGood) };
  },
});

/** Where none of so many newest ones is good, that is what the line is to say. */
const lookedAt = 200;

async function newestGood({ call, signal }: CommandContext): Promise<Backup | undefined> {
  const { backups } = await call(backupList, { offset: 0, limit: lookedAt }, signal);
  return backups.find((backup) => isGood(backup) && backup.presence !== 'missing');
}

function statusLines(snapshot: Snapshot, lastGood: Backup | undefined): readonly string[] {
  const { application, nowMs } = snapshot;
  if (application === undefined)
    return [reportTexts.none.application, ...problemLines(snapshot), ...snapshot.recovered];
  const version = application.version === undefined ? '' : ` ${application.version}`;
  return [
    ...snapshot.recovered,
    ...fields([
      ['Application', `${application.name}${version}`],
      ['Configuration', snapshot.configPath],
      ['Backups', String(snapshot.backupCount)],
      ['Last good', lastGoodWords(lastGood, nowMs)],
      ['Next', nextWords(snapshot)],
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

function lastGoodWords(backup: Backup | undefined, nowMs: number): string {
  if (backup === undefined) return reportTexts.none.good;
  const { capturedAtMs, kind, sizeBytes, path } = backup;
  return `${formatDistance(capturedAtMs, nowMs)}, ${kind}, ${formatBytes(sizeBytes)}, ${basename(path)}`;
}

function nextWords({ schedules, nowMs }: Snapshot): string {
  const [next] = schedules
    .flatMap(({ id, nextMs }) => (nextMs === undefined ? [] : [{ id, nextMs }]))
    .toSorted((a, b) => a.nextMs - b.nextMs);
  if (next === undefined) return reportTexts.none.next;
  return `${formatDistance(next.nextMs, nowMs)} (${wordMoment(next.nextMs)}), ${next.id}`;
}

function problemLines(snapshot: Snapshot): readonly string[] {
  if (snapshot.problems.length === 0) return [reportTexts.none.problems];
  return snapshot.problems.flatMap((problem) => [
    `! ${problem.text}${placeWords(problem)}`,
    ...(problem.hint === undefined ? [] : [`  ${problem.hint}`]),
  ]);
}

function storeWords(store: Snapshot['stores'][number]): string {
  const free = store.freeBytes === undefined ? '' : `, ${formatBytes(store.freeBytes)} free`;
  const { label, lastSeenMs } = store;
  const away = { ...(label && { label }), ...(lastSeenMs && { lastSeenMs }) };
  const words = store.state === 'away' ? awayWords({ store: store.id, away }) : store.why;
  const why = words === undefined ? '' : `: ${words}`;
  return `${store.id} ${store.state}${why}, ${store.path}${free}`;
}

function atWork(job: Job): boolean {
  return job.state.kind === 'running' || job.state.kind === 'queued';
}

function jobWords(job: Job): string {
  const step = job.state.kind === 'running' ? job.state.progress.step : job.state.kind;
  return `${job.id} ${job.title}: ${step}`;
}
