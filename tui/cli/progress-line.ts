import type { Job } from '../../protocol/domain/job.ts';
import { formatRate } from '../texts/bytes.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { formatClock } from '../texts/time.ts';

const barWidth = 24;

/** One line for a running or queued job: bar, percent, bytes, rate, time left, step; cut to the columns. */
export function progressLine(job: Job, columns: number): string {
  const { state } = job;
  if (state.kind !== 'running') return `${job.title}: ${cliTexts.follow.queued}`.slice(0, columns);
  const { step, bytesDone, bytesTotal, rate, etaSeconds } = state.progress;
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
export function percentOf(job: Job): number | undefined {
  if (job.state.kind !== 'running' || job.state.progress.bytesTotal === 0) return undefined;
  const { bytesDone, bytesTotal } = job.state.progress;
  return Math.min(100, Math.floor((bytesDone / bytesTotal) * 100));
}

function bar(share: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const filled = Math.round(bounded * barWidth);
  const percent = String(Math.floor(bounded * 100)).padStart(3);
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${percent} %`;
}
