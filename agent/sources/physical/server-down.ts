import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { runningOn as mariadbRunningOn } from '../mariadb-server/running-on.ts';
import { runningOn as postgresRunningOn } from '../postgres-server/running-on.ts';
import { wordRunning } from './running-server.ts';

const Product = z.enum(['MariaDB', 'PostgreSQL']);
export type ServerProduct = z.infer<typeof Product>;

/** By product: who runs on a folder. */
const runningOn = { MariaDB: mariadbRunningOn, PostgreSQL: postgresRunningOn } as const;

/**
 * A step that changes nothing: nobody may run on the folder that was just put away. Only then another one takes its
 * place, for PostgreSQL writes `global/pg_control` by its whole path, and so into whatever lies there.
 */
export const ServerDown = z.object({
  kind: z.literal('server-down'),
  product: Product,
  live: z.string(),
  outgoing: z.string(),
});

/** Fails where somebody started a server behind the last look at the folder. */
export async function refuseStarted({
  product,
  live,
  outgoing,
}: Omit<z.infer<typeof ServerDown>, 'kind'>): Promise<void> {
  const running = (await runningOn[product](outgoing)) ?? (await runningOn[product](live));
  if (running === undefined) return;
  throw new KedgeError('busy', {
    what: `the data folder "${live}"`,
    why: `somebody started a ${product} server on it (${wordRunning(running)}) while it was exchanged`,
  });
}
