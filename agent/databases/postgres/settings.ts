import * as z from 'zod';
import { connectionSettings } from '../connection-settings.ts';

/** A database of a PostgreSQL server. */
export const PostgresSettings = z
  .object({
    engine: z.literal('postgres'),
    ...connectionSettings,
    maintenance: z.string().min(1).max(63).optional().meta({
      title: 'Database to ask from',
      description: "From which the application's is shut; absent: postgres",
    }),
  })
  .strict()
  .meta({ title: 'PostgreSQL' });
export type PostgresSettings = z.infer<typeof PostgresSettings>;

/** From which it is closed and renamed: never itself, as a database in use can be neither. */
export function maintenanceOf({
  name,
  maintenance,
}: Pick<PostgresSettings, 'name' | 'maintenance'>): string {
  if (maintenance !== undefined && maintenance !== name) return maintenance;
  return name === 'postgres' ? 'template1' : 'postgres';
}
