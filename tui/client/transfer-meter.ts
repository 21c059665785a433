import type { Progress } from '../../protocol/domain/job.ts';

const intervalMs = 100;
/** The rate is that of the last seconds, so that it follows the line. */
const windowMs = 5_000;

/** Turns counts of bytes into progress with rate and time left, at most ten times a second. */
export function createTransferMeter(
  bytesTotal: number,
  report: (progress: Progress) => void,
  now: () => number,
): (step: string, bytesDone: number) => void {
  let samples: { readonly at: number; readonly bytes: number }[] = [];
  let lastStep = '';
  let reportedAt = 0;
  return (step, bytesDone) => {
    const at = now();
    if (step !== lastStep) samples = [];
    if (step === lastStep && at - reportedAt < intervalMs && bytesDone < bytesTotal) return;
    [lastStep, reportedAt] = [step, at];
    samples = [...samples.filter((one) => at - one.at <= windowMs), { at, bytes: bytesDone }];
    const first = samples[0] ?? { at, bytes: bytesDone };
    const rate = at > first.at ? ((bytesDone - first.bytes) * 1_000) / (at - first.at) : 0;
    const etaSeconds = rate > 0 ? { etaSeconds: (bytesTotal - bytesDone) / rate } : {};
    report({ step, bytesDone, bytesTotal, rate, ...etaSeconds, cancellable: true });
  };
}
