import { momentDays, momentList } from '../../../protocol/methods/moments.ts';
import { backupDays, backupMoments } from '../moments.ts';
import { handle } from './handler.ts';

export const momentHandlers = [
  handle(momentDays, async (daemon, { zone }) => {
    return await backupDays(daemon.backups, daemon.config().application.id, zone);
  }),
  handle(momentList, async (daemon, between) => {
    const { id } = daemon.config().application;
    return { moments: await backupMoments(daemon.backups, id, between) };
  }),
];
