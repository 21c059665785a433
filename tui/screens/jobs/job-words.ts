import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import { formatBytes, formatRate } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { drillTexts, salvageTexts, texts } from '../../texts/texts.ts';
import { formatClock, formatDuration } from '../../texts/time.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';

const words = texts.states;

/** Part of the work that is done, 0 to 1; undefined: not running, or nobody knows. */
export function jobShare(job: Job): number | undefined {
  if (job.state.kind !== 'running') return undefined;
  const { bytesDone, bytesTotal } = job.state.progress;
  return bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : undefined;
}

type JobWord = keyof typeof texts.states.jobs;

/** One or two words: "running", "queued", "complete", "failed", "rolled back". */
export function jobStateWord(job: Job): string {
  return texts.states.jobs[stateOf(job)];
}

function stateOf(job: Job): JobWord {
  switch (job.state.kind) {
    case 'queued':
    case 'running':
    case 'failed':
    case 'cancelled':
      return job.state.kind;
    case 'done':
      return resultOf(job);
    default:
      return job.state satisfies never;
  }
}

function resultOf(job: Job): JobWord {
  if (job.state.kind !== 'done') return job.state.kind;
  const { result } = job.state;
  switch (result.kind) {
    case 'backup':
      return result.backup.outcome === 'complete' ? 'complete' : 'with gaps';
    case 'extract':
    case 'diff':
      return 'done';
    case 'salvage':
      return result.salvage.lostCount === 0 ? 'complete' : 'with gaps';
    case 'verify':
      return result.verify.integrity === 'ok' ? 'verified' : 'damaged';
    case 'copy':
      return result.copy.backups.some(({ outcome }) => outcome === 'left out')
        ? 'with gaps'
        : 'done';
    case 'drill':
      return result.drill.outcome;
    case 'recover-plan':
    case 'plan':
    case 'undo-preview':
      return 'planned';
    case 'restore':
      return result.restore.outcome;
    case 'reset':
      return result.reset.outcome;
    default:
      return result satisfies never;
  }
}

const badWords: ReadonlySet<JobWord> = new Set<JobWord>(['failed', 'damaged', 'rolled back']);
const okWords: ReadonlySet<JobWord> = new Set<JobWord>([
  'complete',
  'verified',
  'restored',
  'unpacked',
  'undone',
  'recovered',
  'done',
  'proven',
]);

export function jobTone(job: Job): Tone {
  const word = stateOf(job);
  if (badWords.has(word)) return 'error';
  if (job.state.kind === 'running') return 'accent';
  if (job.state.kind === 'done' && !okWords.has(word) && word !== 'planned') return 'warning';
  return okWords.has(word) ? 'ok' : 'muted';
}

/** "reading database, 3.1 of 7.6 GiB, 88 MiB/s, 0:52 left". */
export function progressWords(job: Job): string {
  if (job.state.kind !== 'running') return '';
  const { step, bytesDone, bytesTotal, rate, etaSeconds } = job.state.progress;
  const parts = [step];
  // A reset counts steps, not bytes.
  if (job.kind === 'reset') {
    return `${step}${formats().comma}${words.of(String(bytesDone), String(bytesTotal))}`;
  }
  if (bytesTotal > 0) parts.push(words.of(formatBytes(bytesDone), formatBytes(bytesTotal)));
  else if (bytesDone > 0) parts.push(formatBytes(bytesDone));
  if (rate > 0) parts.push(formatRate(rate));
  if (etaSeconds !== undefined) parts.push(words.left(formatClock(etaSeconds)));
  return parts.join(formats().comma);
}

/** What came out of it, or how far it is, on one line. */
export function jobOutcomeWords(job: Job): string {
  switch (job.state.kind) {
    case 'queued':
      return texts.jobs.queued;
    case 'running':
      return progressWords(job);
    case 'failed':
      return wordFailure(job.state.failure).message;
    case 'cancelled': {
      const { gaveWayTo } = job.state;
      return gaveWayTo === undefined ? texts.jobs.cancelled : texts.jobs.gaveWay(gaveWayTo);
    }
    case 'done':
      return doneWords(job);
    default:
      return job.state satisfies never;
  }
}

function doneWords(job: Job): string {
  if (job.state.kind !== 'done') return '';
  const { result } = job.state;
  switch (result.kind) {
    case 'backup':
      return formatBytes(result.backup.sizeBytes);
    case 'extract':
      return formatBytes(result.extract.bytes);
    case 'diff':
      return texts.jobs.differ(result.diff.entries);
    case 'salvage':
      return salvageTexts.saved(result.salvage.members, result.salvage.lostCount);
    case 'verify':
      return result.verify.compared === true
        ? texts.jobs.compared
        : texts.jobs.verified(result.verify.members);
    case 'copy':
      return result.copy.backups.length === 0
        ? texts.jobs.noArchives
        : formatBytes(result.copy.bytes);
    case 'drill':
      return (
        result.drill.problems[0] ??
        drillTexts.took(result.drill.seconds, result.drill.unpackSeconds)
      );
    case 'recover-plan':
    case 'plan':
      return result.plan.obstacles[0] ?? texts.jobs.planReady;
    case 'undo-preview':
      return texts.jobs.planReady;
    case 'restore': {
      const { outcome, folder, downtimeMs } = result.restore;
      // Nothing was down for it.
      if (outcome === 'unpacked') return folder ?? texts.jobs.besideLive;
      return texts.jobs.restored(formatDuration(downtimeMs / 1000));
    }
    case 'reset':
      return texts.jobs.resetSteps(
        result.reset.steps.filter((step) => step.state === 'done').length,
      );
    default:
      return result satisfies never;
  }
}

/** How long it took, or runs already. */
export function jobDuration(job: Job, nowMs: number): string {
  if (job.startedAtMs === undefined) return '';
  const end = isFinished(job) ? (job.finishedAtMs ?? nowMs) : nowMs;
  return formatDuration(Math.round(Math.max(0, end - job.startedAtMs) / 1000));
}
