import type { SourceChange } from '../../protocol/domain/restore.ts';
import type { Config } from '../config/config.ts';

/** Cautious, for a database copied twice (undo, exchange) and checked, in bytes a second. */
const databaseBytesPerSecond = 80 * 1024 * 1024;
/** Stop, start and first answer of a service beyond its stable time. */
const secondsPerService = 3;
const defaultStableSeconds = 2;

/** Seconds between the stop of the first service and the gate. Trees are renamed, which takes no time. */
export function estimateDowntime(
  changes: readonly SourceChange[],
  services: number,
  config: Config,
): number {
  const copied = changes.filter(({ tables }) => tables !== undefined);
  const bytes = copied.reduce((sum, change) => sum + change.bytes, 0);
  const stable = Object.values(config.services ?? {}).reduce(
    (sum, { stableSeconds }) => sum + (stableSeconds ?? defaultStableSeconds),
    0,
  );
  return Math.ceil(1 + bytes / databaseBytesPerSecond + services * secondsPerService + stable);
}
