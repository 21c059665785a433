import { wordFailure } from '../../protocol/failures.ts';
import type { KeyStatus } from '../../protocol/methods/key.ts';
import type { EncryptionSettings } from '../keys/settings.ts';
import { keyStanding } from '../keys/standing.ts';
import type { Daemon } from './daemon.ts';

/** Fails where the next backup would: a schedule is not saved to fail every night. */
export async function refuseUnusableKeys(
  daemon: Daemon,
  settings: EncryptionSettings | undefined = daemon.configFile.inForce()?.encryption,
): Promise<void> {
  const { problem } = await keyStanding(settings, daemon.places.state);
  if (problem !== undefined) throw problem;
}

export async function keyStatusOf(daemon: Daemon): Promise<KeyStatus> {
  const inForce = daemon.configFile.inForce()?.encryption;
  const { settings, own, provenAtMs, problem } = await keyStanding(inForce, daemon.places.state);
  return {
    enabled: settings !== undefined && problem === undefined,
    ...(settings === undefined ? {} : { recoveryKey: settings.recoveryKey }),
    writeOnly: settings?.writeOnly === true,
    ...(own === undefined ? {} : { own }),
    ...(provenAtMs === undefined ? {} : { provenAtMs }),
    ...(problem === undefined ? {} : wordsOf(wordFailure(problem.failure))),
  };
}

function wordsOf({ message, hint }: { message: string; hint?: string }) {
  return { problem: message, ...(hint === undefined ? {} : { hint }) };
}
