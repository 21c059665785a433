import { recoveryGiveUp, recoveryList } from '../../../protocol/methods/recovery.ts';
import { giveUpRecovery, listRecoveries } from '../open-recoveries.ts';
import { handle } from './handler.ts';

export const recoveryHandlers = [
  handle(recoveryList, async (daemon, _params, signal) => ({
    recoveries: await listRecoveries(daemon, signal),
  })),
  handle(recoveryGiveUp, async (daemon, order, signal) => ({
    job: (await giveUpRecovery(daemon, order, signal)).id,
  })),
];
