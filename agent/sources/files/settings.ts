import * as z from 'zod';
import { Quiesce } from '../quiesce.ts';

export const FilesSettings = z
  .object({
    engine: z.literal('files'),
    path: z.string().startsWith('/').meta({
      title: 'Folder',
      description: 'It is backed up with all that is below it',
    }),
    exclude: z
      .array(z.string())
      .optional()
      .meta({ title: 'Leave out', description: 'Glob patterns relative to the folder' }),
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'Folder of files' });
export type FilesSettings = z.infer<typeof FilesSettings>;
