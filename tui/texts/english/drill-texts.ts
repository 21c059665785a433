import { formatBytes } from '../bytes.ts';
import { formatCount } from '../count.ts';
import { formatDuration } from '../time.ts';

/** What a drill found. */
export const drillTexts = {
  application: 'Application',
  proven: 'Proven',
  failed: 'FAILED',
  took: (seconds: number, unpack: number): string =>
    `${formatDuration(seconds)}, of that ${formatDuration(unpack)} to restore`,
  source: (files: number, bytes: number): string =>
    `${formatCount(files)} ${files === 1 ? 'file' : 'files'}, ${formatBytes(bytes)}`,
  hashed: (hashed: number, files: number): string =>
    hashed === files
      ? 'all read back'
      : `${formatCount(hashed)} of ${formatCount(files)} read back`,
  integrity: (state: string): string => `integrity ${state}`,
  rows: (rows: number, tables: number): string =>
    `${formatCount(rows)} rows in ${formatCount(tables)} ${tables === 1 ? 'table' : 'tables'}`,
  ready: (seconds: number, text: string): string =>
    `ready, ${text}, ${formatDuration(seconds)} in all`,
  notReady: (text: string): string => `did not start: ${text}`,
  notTried: 'not started (no drill.probe configured, or --no-probe)',
};
