import type { Daemon } from './daemon.ts';

/** Of the newest full: archive bytes for each content byte, and content bytes a second of its job. */
export function lastFullFigures(daemon: Daemon): { ratio?: number; bytesPerSecond?: number } {
  for (const job of daemon.state.jobs.page(0, 100)) {
    // What was uploaded has a backup for its result too, but was not made here.
    if (job.kind !== 'backup' || job.state.kind !== 'done') continue;
    if (job.state.result.kind !== 'backup') continue;
    const { contentBytes, sizeBytes, kind } = job.state.result.backup;
    if (kind !== 'full') continue;
    const seconds = ((job.finishedAtMs ?? 0) - (job.startedAtMs ?? 0)) / 1000;
    if (contentBytes === 0 || seconds <= 0) continue;
    return { ratio: sizeBytes / contentBytes, bytesPerSecond: contentBytes / seconds };
  }
  return {};
}
