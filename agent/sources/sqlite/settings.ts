import * as z from 'zod';
import { Quiesce } from '../quiesce.ts';

export const SqliteSettings = z
  .object({
    engine: z.literal('sqlite'),
    path: z.string().startsWith('/').meta({
      title: 'Database file',
      description: 'What belongs to it (-wal, -shm) is found by itself',
    }),
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'SQLite database' });
export type SqliteSettings = z.infer<typeof SqliteSettings>;
