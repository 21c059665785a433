import type { Service } from '../../protocol/domain/service.ts';
import { needing } from '../../protocol/needing.ts';

/** What keeps services down, whatever is done to them. */
export interface KeptDown {
  /** Jobs that died over live data, and whose recovery has not ended. */
  readonly unsettled: readonly number[];
  /** Services whose clients are shut out. */
  readonly shutOut: readonly string[];
}

/** What cures a service that is down; where no reset does, what has to end first. */
export function serviceHint(
  { id }: Service,
  services: readonly Service[],
  { unsettled: [job], shutOut }: KeptDown,
): string {
  if (job !== undefined)
    return `No reset helps: the recovery of job ${job} has to end first, see "kedge recovery list".`;
  const kept = shutOut.find((one) => needing([one], services).has(id));
  return kept === undefined
    ? 'Reset the services (R).'
    : `No reset helps: let the clients of "${kept}" in again: kedge service let-in ${kept}`;
}
