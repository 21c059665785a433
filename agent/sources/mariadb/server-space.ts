import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { isThisMachine } from '../../databases/place-of.ts';
import { exists } from '../../os/files.ts';
import { openSession } from './sessions.ts';

const answerMs = 10_000;

/** The folder of the server's data, where that is on this machine and may be seen. */
export async function serverSpace(server: MariadbSettings): Promise<string | undefined> {
  if (!isThisMachine(server.host)) return undefined;
  const signal = AbortSignal.timeout(answerMs);
  try {
    using session = await openSession(server, signal);
    const [row] = await session.query('SELECT @@datadir AS folder', signal);
    const folder = row?.['folder'];
    return folder && (await exists(folder)) ? folder : undefined;
  } catch {
    // What keeps it from answering is found by the plan's other questions.
    return undefined;
  }
}
