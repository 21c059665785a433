import type { JobState } from '../../protocol/domain/job.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { JobRecords } from '../state/job-records.ts';

/** Writes down how jobs end. What could not be written, as on a full disk, is kept, or they would count as at work. */
export interface WrittenEnds {
  /** Answers why it could not. */
  write(job: number, atMs: number, state: JobState): string | undefined;
  /** Those that could not be written then. */
  catchUp(): void;
}

export function writeEnds(records: Pick<JobRecords, 'finished'>): WrittenEnds {
  const waiting = new Map<number, { readonly atMs: number; readonly state: JobState }>();
  const tryAll = (): string | undefined => {
    try {
      for (const [job, { atMs, state }] of waiting) {
        records.finished(job, atMs, state);
        waiting.delete(job);
      }
      return undefined;
    } catch (error) {
      return wordFailure(failureOf(error)).message;
    }
  };
  return {
    write(job, atMs, state) {
      waiting.set(job, { atMs, state });
      return tryAll();
    },
    catchUp: () => void tryAll(),
  };
}
