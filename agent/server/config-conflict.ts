import { failureOf, KedgeError } from '../../protocol/failures.ts';
import type { Daemon } from './daemon.ts';

/** A save that came too late is told who was faster, where that went through Kedge. */
export async function sayingWhoSaved<T>(daemon: Daemon, save: () => Promise<T>): Promise<T> {
  try {
    return await save();
  } catch (error) {
    if (failureOf(error).code !== 'config-changed') throw error;
    await daemon.configFile.reload();
    const { revision } = daemon.configFile.onDisk();
    const saved = daemon.state.audit.savedBy(revision);
    if (saved === undefined) throw error;
    const { claimedUser: user, tty } = saved;
    const who = user === undefined ? saved.socket : tty === undefined ? user : `${user} (${tty})`;
    throw new KedgeError('config-changed-by', { who }, { cause: error });
  }
}
