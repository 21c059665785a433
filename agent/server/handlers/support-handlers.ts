import { supportCollect } from '../../../protocol/methods/support.ts';
import { collectBundle } from '../collect-support.ts';
import { handle } from './handler.ts';

export const supportHandlers = [
  handle(
    supportCollect,
    async (daemon, { findings }, signal) => await collectBundle(daemon, findings, signal),
  ),
];
