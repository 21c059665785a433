import { keyCheck, keyStatus } from '../../../protocol/methods/key.ts';
import { editConfig } from '../../config/edit-config.ts';
import { proveRecoveryKey } from '../../keys/prove-recovery-key.ts';
import { inTurn } from '../../os/in-turn.ts';
import type { Daemon } from '../daemon.ts';
import { keyStatusOf } from '../key-check.ts';
import { handle } from './handler.ts';

/** Two would write the same test archive. */
const oneAtATime = inTurn();

export const keyHandlers = [
  handle(keyStatus, async (daemon) => await keyStatusOf(daemon)),
  handle(keyCheck, async (daemon, { secrets, replace = false }, signal) => {
    const settings = daemon.config().encryption;
    const order = { ...secrets, settings, replace, nowMs: daemon.now() };
    await oneAtATime(async () => {
      const proven = await proveRecoveryKey({ ...order, stateFolder: daemon.places.state }, signal);
      if (settings?.recoveryKey !== proven.recoveryKey) await configure(daemon, proven.recoveryKey);
    });
    daemon.overview.touch();
    return await keyStatusOf(daemon);
  }),
];

/** Last of all: from here on backups are encrypted to it. */
async function configure(daemon: Daemon, recoveryKey: string): Promise<void> {
  await daemon.configFile.reload();
  const { text, revision } = daemon.configFile.onDisk();
  const edited = editConfig(text, ['encryption', 'recoveryKey'], recoveryKey);
  await daemon.configFile.save(edited, revision);
}
