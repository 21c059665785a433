import { KedgeError } from '../../protocol/failures.ts';
import { identityPath, readIdentity, unusable } from './identity.ts';
import { findProven } from './proven.ts';
import type { EncryptionSettings } from './settings.ts';

/** How encryption stands here: what backups are locked with, and what keeps them from being taken. */
export interface KeyStanding {
  /** Absent: encryption is not configured. */
  readonly settings?: EncryptionSettings;
  /** Recipient of this installation's own key; absent: it has none. */
  readonly own?: string;
  /** When the configured recovery key was last proven. */
  readonly provenAtMs?: number;
  /** Why no backup is taken now. */
  readonly problem?: KedgeError;
}

export async function keyStanding(
  settings: EncryptionSettings | undefined,
  stateFolder: string,
): Promise<KeyStanding> {
  const own = await readIdentity(stateFolder).catch((error: unknown) => {
    if (error instanceof KedgeError) return error;
    throw error;
  });
  const recipient = own instanceof KedgeError ? undefined : own?.recipient;
  const known = recipient === undefined ? {} : { own: recipient };
  if (settings === undefined) return known;
  const proven = await findProven(stateFolder, settings.recoveryKey);
  const problem =
    proven === undefined
      ? new KedgeError('key-unproven', { recoveryKey: settings.recoveryKey })
      : ownProblem(settings, own, stateFolder);
  return {
    settings,
    ...known,
    ...(proven === undefined ? {} : { provenAtMs: proven.atMs }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function ownProblem(
  { writeOnly = false }: EncryptionSettings,
  own: Awaited<ReturnType<typeof readIdentity>> | KedgeError,
  stateFolder: string,
): KedgeError | undefined {
  if (writeOnly) return undefined;
  const path = identityPath(stateFolder);
  if (own === undefined) return unusable(path, 'it is gone');
  if (own instanceof KedgeError) return own;
  return own.exposed === undefined ? undefined : unusable(path, own.exposed);
}
