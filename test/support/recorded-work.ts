import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Work } from '../../agent/os/work.ts';
import { temporaryFolder } from './temp-folder.ts';

/** The work of a job that keeps what it was told. `onProgress` may cancel, or change what is backed up. */
export interface RecordedWork extends Work {
  readonly steps: string[];
  readonly logged: string[];
  cancel(): void;
}

export function recordedWork(
  onProgress: (step: string, done: number) => void = () => {},
): RecordedWork {
  const scratch = join(temporaryFolder(), 'scratch');
  mkdirSync(scratch);
  const controller = new AbortController();
  const steps: string[] = [];
  const logged: string[] = [];
  return {
    job: 1,
    signal: controller.signal,
    scratch,
    steps,
    logged,
    cancel: () => controller.abort(),
    progress(step, bytesDone) {
      if (steps.at(-1) !== step) steps.push(step);
      onProgress(step, bytesDone);
    },
    log(level, text) {
      logged.push(`${level}: ${text}`);
    },
  };
}
