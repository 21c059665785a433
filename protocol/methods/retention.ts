import * as z from 'zod';
import { RetentionLine, TrashedBackup } from '../domain/retention.ts';
import { ScheduleSettings } from '../domain/schedule.ts';
import { mutating, reading } from '../method.ts';
import { requestId } from './backup.ts';

export const retentionPreview = reading(
  'retention.preview',
  'viewer',
  /** Of the backups of one schedule; with `settings` as if it stood so already. Neither: of all. */
  z.object({
    schedule: z.string().optional(),
    settings: ScheduleSettings.optional(),
  }),
  z.object({ lines: z.array(RetentionLine).readonly() }),
);
/** What the preview says goes into the trash now. */
export const retentionRun = mutating(
  'retention.run',
  'admin',
  z.object({ requestId }),
  z.object({ gone: z.array(z.string()).readonly() }),
);
/** Newest first. */
export const trashList = reading(
  'trash.list',
  'viewer',
  z.object({}),
  z.object({ trashed: z.array(TrashedBackup).readonly() }),
);
/** Undelete. Of a differential its full comes back too, where that lies in the trash. */
export const trashRestore = mutating(
  'trash.restore',
  'admin',
  z.object({ requestId, backup: z.string() }),
  z.object({ restored: z.array(z.string()).readonly() }),
);
/** `backup` absent: all. Confirmed by the number of backups that go, or by the file name of the one. */
export const trashEmpty = mutating(
  'trash.empty',
  'admin',
  z.object({ requestId, backup: z.string().optional(), confirmation: z.string() }),
  z.object({ removed: z.array(z.string()).readonly(), bytes: z.number() }),
);
/** `moved`: its backups are this machine's from now on; `copy`: this machine begins as an installation of its own. */
export const installationAnswer = mutating(
  'installation.answer',
  'admin',
  z.object({ requestId, answer: z.enum(['moved', 'copy']) }),
  z.object({ installation: z.string() }),
);
