import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { isThere } from './list-objects.ts';
import { asking, openSession } from './sessions.ts';

/** Whether the server has it. */
export async function isDatabaseThere(
  server: MariadbSettings,
  signal: AbortSignal,
  name = server.name,
): Promise<boolean> {
  using session = await openSession(server, signal);
  return await asking(signal, isThere(session, name, signal));
}
