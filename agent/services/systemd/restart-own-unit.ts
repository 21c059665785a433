import { KedgeError } from '../../../protocol/failures.ts';
import { readOwnUnit } from '../../os/own-unit.ts';
import { askSystemd } from './ask-systemd.ts';

/**
 * Asks systemd to restart the unit that this process is; it is ended soon after. Answers the unit's name.
 * Throws unavailable where it is none.
 */
export async function restartOwnUnit(signal: AbortSignal): Promise<string> {
  const unit = readOwnUnit(process.env);
  if (unit === undefined) {
    const why = 'it was not started by systemd; stop it and start it again';
    throw new KedgeError('unavailable', { what: 'a restart of Kedge by itself', why });
  }
  await askSystemd('kedge', 'restart', [unit], signal);
  return unit;
}
