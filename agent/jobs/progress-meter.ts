import type { Progress } from '../../protocol/domain/job.ts';

const intervalMs = 100;
/** The rate is that of the last seconds, so that it follows a slow disk. */
const windowMs = 5_000;

/** Turns counts into progress with rate and ETA, at most ten times a second; a new step at once. */
export function createProgressMeter(
  send: (progress: Progress) => void,
  now: () => number,
): (step: string, bytesDone: number, bytesTotal: number, cancellable: boolean) => void {
  let step = '';
  let sentAt = 0;
  let sentBytes = 0;
  let samples: { readonly at: number; readonly bytes: number }[] = [];
  return (nextStep, bytesDone, bytesTotal, cancellable) => {
    const at = now();
    const isNew = nextStep !== step;
    if (isNew) samples = [];
    const isWhole = bytesDone === bytesTotal && bytesDone !== sentBytes;
    if (!isNew && at - sentAt < intervalMs && !isWhole) return;
    sentBytes = bytesDone;
    step = nextStep;
    sentAt = at;
    samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, bytes: bytesDone }];
    const rate = rateOf(samples);
    const left = bytesTotal - bytesDone;
    send({
      step,
      bytesDone,
      bytesTotal,
      rate,
      ...(bytesTotal > 0 && rate > 0 ? { etaSeconds: Math.max(0, left / rate) } : {}),
      cancellable,
    });
  };
}

function rateOf(samples: readonly { readonly at: number; readonly bytes: number }[]): number {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at === first.at) return 0;
  return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
}
