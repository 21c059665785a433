import * as z from 'zod';

export const LocalSettings = z
  .object({
    kind: z.literal('local'),
    path: z.string().startsWith('/').meta({
      title: 'Folder',
      description: 'Backups lie in it, one file each',
    }),
    requireMount: z.boolean().optional().meta({
      title: 'Must be a mounted drive',
      description: 'Refused while nothing is mounted there',
    }),
    removable: z.boolean().optional().meta({
      title: 'A drive that comes and goes',
      description: 'While it is not plugged in that is no fault, and its backups stay listed',
    }),
    label: z.string().min(1).max(60).optional().meta({
      title: 'What is written on the drive',
      description: 'such as WD-2TB; absent: the name of its file system',
    }),
    id: z.string().min(1).max(100).optional().meta({
      title: 'Only the drive with this marker',
      description: 'absent: of a drive that comes and goes the one that was here last',
    }),
    maxFileBytes: z
      .int()
      .positive()
      .optional()
      .meta({ title: 'Largest file in bytes', description: 'of a share that has such a limit' }),
    maxBytes: z.int().positive().optional().meta({
      title: 'Backups in bytes at most',
      description: 'The oldest go until the others are less; absent: no limit',
    }),
    trashDays: z.number().min(0).max(365).optional().meta({
      title: 'Days in the trash',
      description: 'How long a deleted backup can be brought back (7); 0: it is gone at once',
    }),
  })
  .strict()
  .meta({ title: 'Folder or drive' });
export type LocalSettings = z.infer<typeof LocalSettings>;
