import type { Job, JobResult, VerifyResult } from '../../../protocol/domain/job.ts';
import type { RestoreResult } from '../../../protocol/domain/restore.ts';
import { fetchCommand } from '../../host/copy-command.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formatCount } from '../../texts/count.ts';
import { recoveryTexts, reportTexts, undoTexts } from '../../texts/texts.ts';
import { formatDuration, formatMoment } from '../../texts/time.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { fields, table } from '../table.ts';
import { backupLines } from './backup-lines.ts';
import { copyLines } from './copy-lines.ts';
import { diffLines } from './diff-lines.ts';
import { drillLines } from './drill-lines.ts';
import { planLines } from './plan-lines.ts';
import { recoverLines } from './recover-lines.ts';
import { leftLines } from './recovery-lines.ts';
import { salvageLines } from './salvage-lines.ts';
import { resetLines } from './service-lines.ts';
import { undoPreviewLines } from './undo-lines.ts';

export function jobTable(jobs: readonly Job[]): readonly string[] {
  return table(
    [
      { title: 'JOB', align: 'right' },
      { title: 'KIND' },
      { title: 'STATE' },
      { title: 'STARTED' },
      { title: 'TOOK', align: 'right' },
      { title: 'TITLE' },
    ],
    jobs.map((job) => [
      String(job.id),
      job.kind,
      job.state.kind,
      formatMoment(job.startedAtMs ?? job.createdAtMs),
      tookWords(job),
      job.title,
    ]),
  );
}

/** A job with what came of it. */
export function jobLines(job: Job): readonly string[] {
  return [
    ...fields([
      ['Job', `${job.id}  ${job.title}`],
      ['State', job.state.kind],
      ['Started', formatMoment(job.startedAtMs ?? job.createdAtMs)],
      ['Took', tookWords(job)],
      ['Command', job.command],
    ]),
    ...endLines(job),
  ];
}

/** The result block that ends a followed job; `server`: the machine that Kedge is on, where that is another one. */
export function resultLines(result: JobResult, server?: string): readonly string[] {
  switch (result.kind) {
    case 'backup':
      return [
        ...backupLines(result.backup, result.backup.capturedAtMs),
        ...(result.note === undefined ? [] : fields([['Note', result.note]])),
        reportTexts.copy,
        `  ${fetchCommand(result.backup, server)}`,
      ];
    case 'extract':
      return fields([
        ['Extracted', result.extract.folder],
        ['Members', formatCount(result.extract.members)],
        ['Content', formatBytes(result.extract.bytes)],
      ]);
    case 'diff':
      return diffLines(result.diff);
    case 'salvage':
      return salvageLines(result.salvage);
    case 'verify':
      return verifyLines(result.verify);
    case 'copy':
      return copyLines(result.copy);
    case 'drill':
      return drillLines(result.drill);
    case 'plan':
      return planLines(result.plan);
    case 'recover-plan':
      return recoverLines(result.plan);
    case 'undo-preview':
      return undoPreviewLines(result.preview);
    case 'restore':
      return restoreLines(result.restore);
    case 'reset':
      return resetLines(result.reset);
    default:
      return result satisfies never;
  }
}

function endLines(job: Job): readonly string[] {
  if (job.state.kind === 'done') return resultLines(job.state.result);
  if (job.state.kind !== 'failed') return [];
  const { message, hint } = wordFailure(job.state.failure);
  return fields([
    ['Failed', message],
    ['Hint', hint],
  ]);
}

function tookWords(job: Job): string {
  if (job.startedAtMs === undefined || job.finishedAtMs === undefined) return '-';
  return formatDuration((job.finishedAtMs - job.startedAtMs) / 1000);
}

function readWords({ compared, frames, members }: VerifyResult): string {
  if (compared === true) return reportTexts.compared;
  return `${formatCount(frames)} frames, ${formatCount(members)} members`;
}

function verifyLines(verify: VerifyResult): readonly string[] {
  return fields([
    ['Verified', verify.path],
    ['Backup', verify.backup],
    ['Read', readWords(verify)],
    ['Content', formatBytes(verify.contentBytes)],
    ['SHA-256', verify.sha256],
    ['Integrity', [verify.integrity, verify.integrityProblem].filter(Boolean).join(': ')],
  ]);
}

function undoWords({ undo, undoExpiresAtMs }: RestoreResult): string | undefined {
  if (undo === undefined || undoExpiresAtMs === undefined) return undo;
  return `${undo}, ${undoTexts.until(formatMoment(undoExpiresAtMs))}`;
}

function restoreLines(restore: RestoreResult): readonly string[] {
  return [
    ...fields([
      ['Outcome', restore.outcome],
      ['Backup', restore.backup],
      ['Folder', restore.folder],
      ['Downtime', formatDuration(restore.downtimeMs / 1000)],
      ['Safety backup', restore.safety?.id],
      ['Undo', undoWords(restore)],
    ]),
    ...restore.notes.map((note) => `  ${note}`),
    ...(restore.left === undefined ? [] : [`  ${recoveryTexts.left}:`, ...leftLines(restore.left)]),
    ...(restore.undo === undefined ? [] : [reportTexts.undo(restore.undo)]),
  ];
}
