import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { countUnseen, findOpeners } from '../os/open-files.ts';
import type { Restorable } from './restorable.ts';

/** Who has the live data open, and how many processes Kedge may not ask. */
export async function findClients(
  sources: readonly Restorable[],
): Promise<Pick<RestorePlan, 'clients' | 'clientsUnseen'>> {
  const clients = await Promise.all(
    sources.map(async ({ name, restore }) => {
      const openers = await findOpeners(await restore.livePaths());
      return openers.map(({ pid, program }) => ({ source: name, pid, program }));
    }),
  );
  const unseen = await countUnseen();
  return { clients: clients.flat(), ...(unseen === 0 ? {} : { clientsUnseen: unseen }) };
}
