import { z } from 'zod';

export const LocalSettings = z
  .object({
    kind: z.literal('local'),
    path: z.string().startsWith('/').meta({ title: 'Folder' }),
    requireMount: z.boolean().optional().meta({
      title: 'Must be a mounted drive',
      description: 'Refused while nothing is mounted there',
    }),
  })
  .strict();
export type LocalSettings = z.infer<typeof LocalSettings>;
