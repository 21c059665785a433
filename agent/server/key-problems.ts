import type { Problem } from '../../protocol/domain/snapshot.ts';
import { wordFailure } from '../../protocol/failures.ts';
import { type KeyStanding, keyStanding } from '../keys/standing.ts';
import type { Daemon } from './daemon.ts';

type Found = Omit<Problem, 'sinceMs'>;

/** A key that nobody has looked for in half a year may be lost. */
const reminderMs = 180 * 24 * 3_600_000;

export async function keyProblems(daemon: Daemon): Promise<readonly Found[]> {
  const settings = daemon.configFile.inForce()?.encryption;
  if (settings === undefined) return [];
  return problemsOf(await keyStanding(settings, daemon.places.state), daemon.now());
}

export function problemsOf(standing: KeyStanding, nowMs: number): readonly Found[] {
  const { problem, provenAtMs } = standing;
  if (problem !== undefined) {
    const { message: text, hint } = wordFailure(problem.failure);
    return [{ id: 'encryption', severity: 'error', text, ...(hint === undefined ? {} : { hint }) }];
  }
  if (provenAtMs === undefined || nowMs - provenAtMs < reminderMs) return [];
  const days = Math.floor((nowMs - provenAtMs) / (24 * 3_600_000));
  return [
    {
      id: 'recovery-key',
      severity: 'warning',
      text: `nobody has used the recovery key for ${days} days: is it still where it was put?`,
      hint: 'Fetch it and type it back with "kedge key check". Without it a lost server is lost.',
    },
  ];
}
