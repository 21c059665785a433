import { logTail, snapshotGet } from '../../../protocol/methods/session.ts';
import { kedgeStop } from '../../../protocol/methods/setup.ts';
import { handle } from './handler.ts';

export const sessionHandlers = [
  handle(snapshotGet, async (daemon) => await daemon.overview.snapshot()),
  handle(logTail, async (daemon, { lines }) => ({ lines: daemon.log.tail(lines) })),
  handle(kedgeStop, async (daemon) => {
    daemon.requestStop();
    return {};
  }),
];
