import type { Job, Progress } from '../../protocol/domain/job.ts';
import { formatRate } from '../texts/bytes.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { formatClock } from '../texts/time.ts';

const barWidth = 24;

/** One line for a running or queued job: bar, percent, bytes, rate, time left, step; cut to the columns. */
export function progressLine(job: Job, columns: number): string {
  const { state } = job;
  if (state.kind !== 'running') return `${job.title}: ${cliTexts.follow.queued}`.slice(0, columns);
  // A reset counts steps, not bytes.
  if (job.kind === 'reset') return stepWords(state.progress).slice(0, columns);
  return progressWords(state.progress, columns);
}

function stepWords({ step, bytesDone, bytesTotal }: Progress): string {
  if (bytesTotal === 0) return step;
  return `${bar(bytesDone / bytesTotal)}  ${cliTexts.follow.steps(bytesDone, bytesTotal)}  ${step}`;
}

/** The same for anything that has progress. */
export function progressWords(progress: Progress, columns: number): string {
  const { step, bytesDone, bytesTotal, rate, etaSeconds } = progress;
  const parts = [
    bytesTotal > 0 ? bar(bytesDone / bytesTotal) : undefined,
    bytesTotal > 0 || bytesDone > 0 ? cliTexts.follow.bytes(bytesDone, bytesTotal) : undefined,
    rate > 0 ? formatRate(rate) : undefined,
    etaSeconds === undefined ? undefined : `eta ${formatClock(etaSeconds)}`,
    step,
  ];
  return parts
    .filter((part) => part !== undefined && part !== '')
    .join('  ')
    .slice(0, columns);
}

/** 0 to 100, undefined while the total is unknown. */
export function percentOf({ bytesDone, bytesTotal }: Progress): number | undefined {
  if (bytesTotal === 0) return undefined;
  return Math.min(100, Math.floor((bytesDone / bytesTotal) * 100));
}

function bar(share: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const filled = Math.round(bounded * barWidth);
  const percent = String(Math.floor(bounded * 100)).padStart(3);
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${percent} %`;
}
