import { isThisMachine } from '../../databases/place-of.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { exists } from '../../os/files.ts';
import { openMaintenance } from './sessions.ts';

const answerMs = 10_000;

/** The folder of the server's data, where that is on this machine and the role may know of it. */
export async function serverSpace(server: PostgresSettings): Promise<string | undefined> {
  if (!isThisMachine(server.host)) return undefined;
  const signal = AbortSignal.timeout(answerMs);
  try {
    using session = await openMaintenance(server, signal);
    const [row] = await session.query('SHOW data_directory', signal);
    const folder = row?.['data_directory'];
    return folder && (await exists(folder)) ? folder : undefined;
  } catch {
    // What keeps it from answering is found by the plan's other questions.
    return undefined;
  }
}
