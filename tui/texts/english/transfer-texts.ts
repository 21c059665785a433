import { formatBytes, formatRate } from '../bytes.ts';
import { formatClock } from '../time.ts';

/** What is said of downloads and uploads. */
export const transferTexts = {
  looksAtPart: 'looking at the part that is here',
  downloads: 'downloading',
  uploads: 'uploading',
  downloaded: (path: string): string => `Downloaded to ${path}.`,
  goesOn: (partial: string): string =>
    `What has arrived stays in ${partial}; the same command goes on from there.`,
  progress: (step: string, done: number, total: number, rate: number, eta?: number): string =>
    [
      `${step}: ${formatBytes(done)} of ${formatBytes(total)}`,
      ...(rate > 0 ? [formatRate(rate)] : []),
      ...(eta === undefined ? [] : [`${formatClock(eta)} left`]),
    ].join(', '),
} as const;
