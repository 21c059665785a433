import type { Job } from '../../../protocol/domain/job.ts';
import type { JobRecords } from '../../state/job-records.ts';

/** Bytes of content a second, where nothing is known yet: a slow disk. */
const usual = { verify: 50e6, drill: 20e6 };
/** Starting a process, opening an archive. */
const atLeastSeconds = 1;
const looksAt = 20;

/** How long a verify and a drill of so many bytes of content take here: as the median of the last ones did. */
export function expectedSeconds(
  jobs: Pick<JobRecords, 'newestDone'>,
  contentBytes: (backup: string) => number | undefined,
): Readonly<Record<keyof typeof usual, (bytes: number) => number>> {
  const of = (kind: keyof typeof usual): ((bytes: number) => number) => {
    const rates = jobs.newestDone(kind, looksAt).flatMap((job) => rateOf(job, contentBytes) ?? []);
    const rate = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? usual[kind];
    return (bytes) => atLeastSeconds + bytes / rate;
  };
  return { verify: of('verify'), drill: of('drill') };
}

function rateOf(
  { state, startedAtMs = 0, finishedAtMs = 0 }: Job,
  contentBytes: (backup: string) => number | undefined,
): number | undefined {
  if (state.kind !== 'done') return undefined;
  const { result } = state;
  const backup =
    result.kind === 'drill'
      ? result.drill.backup
      : result.kind === 'verify'
        ? result.verify.backup
        : undefined;
  const bytes = backup === undefined ? undefined : contentBytes(backup);
  const seconds = (finishedAtMs - startedAtMs) / 1000 - atLeastSeconds;
  // What is over at once says nothing of large ones.
  return bytes === undefined || seconds < atLeastSeconds ? undefined : bytes / seconds;
}
