import * as z from 'zod';
import type { RestorePlan, SourceChange } from '../../protocol/domain/restore.ts';
import type { Config } from '../config/config.ts';

/** What is known of this application from before: how long it was down, or how long its start took in a drill. */
export const KnownDowntime = z.discriminatedUnion('from', [
  z.object({ from: z.literal('restore'), seconds: z.number() }),
  z.object({ from: z.literal('drill'), startSeconds: z.number() }),
]);
export type KnownDowntime = z.infer<typeof KnownDowntime>;

/** Cautious, for a database copied twice (undo, exchange) and checked, in bytes a second. */
const databaseBytesPerSecond = 80 * 1024 * 1024;
/** Stop, start and first answer of a service beyond its stable time. */
const secondsPerService = 3;
const defaultStableSeconds = 2;

/** Seconds between the stop of the first service and the gate. Trees are renamed, which takes no time. */
export function expectDowntime(
  changes: readonly SourceChange[],
  services: number,
  config: Config,
  known?: KnownDowntime,
): Pick<RestorePlan, 'downtimeFrom' | 'downtimeSeconds'> {
  if (known?.from === 'restore') {
    return { downtimeFrom: 'restore', downtimeSeconds: Math.ceil(known.seconds) };
  }
  const copied = changes.filter(({ tables }) => tables !== undefined);
  const bytes = copied.reduce((sum, change) => sum + change.bytes, 0);
  const exchange = 1 + bytes / databaseBytesPerSecond;
  if (known?.from === 'drill' && services > 0) {
    const seconds = exchange + known.startSeconds + (services - 1) * secondsPerService;
    return { downtimeFrom: 'drill', downtimeSeconds: Math.ceil(seconds + stableSeconds(config)) };
  }
  const seconds = exchange + services * secondsPerService + stableSeconds(config);
  return { downtimeFrom: 'estimate', downtimeSeconds: Math.ceil(seconds) };
}

function stableSeconds({ services }: Config): number {
  return Object.values(services ?? {}).reduce(
    (sum, each) => sum + (each.stableSeconds ?? defaultStableSeconds),
    0,
  );
}
