import * as z from 'zod';
import { connectionSettings } from '../connection-settings.ts';

/** A database of a PostgreSQL server. */
export const PostgresSettings = z
  .object({
    engine: z.literal('postgres'),
    ...connectionSettings,
    /** From which the application's is shut: `postgres` where it is not given. */
    maintenance: z.string().min(1).max(63).optional(),
  })
  .strict();
export type PostgresSettings = z.infer<typeof PostgresSettings>;
