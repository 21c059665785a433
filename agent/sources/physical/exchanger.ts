import { KedgeError } from '../../../protocol/failures.ts';
import { filesExchanger } from '../files/restore.ts';
import type { ExchangeItem, Exchanger } from '../restore-kind.ts';
import type { SwapStep } from '../swap-step.ts';
import { wordRunning } from './running-server.ts';
import { refuseStarted, type ServerProduct } from './server-down.ts';
import type { ServerKind } from './server-kind.ts';

/** Folders change places as those of files do, and never under a server. */
export function serverExchanger(
  product: ServerProduct,
  runningOn: ServerKind['runningOn'],
): Exchanger {
  const refuseInUse = async ({ live }: ExchangeItem): Promise<void> => {
    const running = await runningOn(live);
    if (running === undefined) return;
    throw new KedgeError('busy', {
      what: `the data folder "${live}"`,
      why: `a ${product} server still runs on it (${wordRunning(running)}), and no service of the configuration with the role "database" has stopped it`,
    });
  };
  return {
    async prepare(item, signal) {
      await refuseInUse(item);
      const prepared = await filesExchanger.prepare(item, signal);
      const { live, outgoing } = item;
      const look: SwapStep = { kind: 'server-down', product, live, outgoing };
      const steps = prepared.steps.flatMap((step) =>
        step.kind === 'move' && step.from === live ? [step, look] : [step],
      );
      return { ...prepared, steps };
    },
    refuseInUse,
    async check(item, signal) {
      await filesExchanger.check(item, signal);
      await refuseStarted({ product, live: item.live, outgoing: item.outgoing });
    },
  };
}
