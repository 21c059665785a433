import type { Daemon } from './daemon.ts';

/** Backups; between two fulls there are differentials. */
const looksAt = 100;

/** Of the newest full: archive bytes for each content byte, and content bytes a second of its job. */
export function lastFullFigures(daemon: Daemon): { ratio?: number; bytesPerSecond?: number } {
  for (const job of daemon.state.jobs.newestDone('backup', looksAt)) {
    if (job.state.kind !== 'done' || job.state.result.kind !== 'backup') continue;
    const { contentBytes, sizeBytes, kind } = job.state.result.backup;
    if (kind !== 'full') continue;
    const seconds = ((job.finishedAtMs ?? 0) - (job.startedAtMs ?? 0)) / 1000;
    if (contentBytes === 0 || seconds <= 0) continue;
    return { ratio: sizeBytes / contentBytes, bytesPerSecond: contentBytes / seconds };
  }
  return {};
}
