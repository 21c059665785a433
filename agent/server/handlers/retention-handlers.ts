import { retentionPreview, retentionRun } from '../../../protocol/methods/retention.ts';
import { applyRetention } from '../apply-retention.ts';
import { retentionOf } from '../retention/ask-retention.ts';
import { handle } from './handler.ts';

export const retentionHandlers = [
  handle(retentionPreview, async (daemon, { schedule, settings }) => {
    const supposed =
      schedule === undefined || settings === undefined ? undefined : { schedule, settings };
    const lines = retentionOf(daemon, supposed);
    if (schedule === undefined) return { lines };
    return {
      lines: lines.filter(({ backup }) => daemon.backups.get(backup)?.schedule === schedule),
    };
  }),
  handle(retentionRun, async (daemon) => ({ gone: await applyRetention(daemon) })),
];
