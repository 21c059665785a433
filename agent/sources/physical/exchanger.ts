import { KedgeError } from '../../../protocol/failures.ts';
import { filesExchanger } from '../files/restore.ts';
import type { ExchangeItem, Exchanger } from '../restore-kind.ts';
import type { ServerKind } from './server-kind.ts';

/** Folders change places as those of files do, and never under a server. */
export function serverExchanger(product: string, runningOn: ServerKind['runningOn']): Exchanger {
  const refuseInUse = async ({ live }: ExchangeItem): Promise<void> => {
    const running = await runningOn(live);
    if (running === undefined) return;
    throw new KedgeError('busy', {
      what: `the data folder "${live}"`,
      why: `a ${product} server still runs on it (${running}), and no service of the configuration with the role "database" has stopped it`,
    });
  };
  return {
    async prepare(item, signal) {
      await refuseInUse(item);
      return await filesExchanger.prepare(item, signal);
    },
    refuseInUse,
    check: filesExchanger.check,
  };
}
