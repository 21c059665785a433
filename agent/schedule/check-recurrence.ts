import type { Recurrence } from '../../protocol/domain/schedule.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { isZone } from '../os/wall-clock.ts';
import { readCron } from './cron-fields.ts';

/** Throws `bad-argument` with the place of the fault and an example. */
export function checkRecurrence(recurrence: Recurrence, zone: string): void {
  if (!isZone(zone)) {
    throw new KedgeError('bad-argument', {
      what: `time zone "${zone}"`,
      problem: 'this machine knows no such zone. Example: "Europe/Berlin"',
    });
  }
  if (recurrence.every === 'cron') readCron(recurrence.cron);
}
