import * as z from 'zod';
import { connectionSettings } from '../connection-settings.ts';

/** A database of a MariaDB or MySQL server. */
export const MariadbSettings = z
  .object({
    engine: z.literal('mariadb'),
    ...connectionSettings,
    /** Those of the application, "clinic@localhost": locked to shut it out. Absent: all with rights in the database. */
    accounts: z
      .array(z.string().regex(/^.+@[^@]+$/))
      .optional()
      .meta({
        title: 'Accounts of the application',
        description:
          'Such as clinic@localhost: locked to keep it out; absent: all with rights in the database',
      }),
  })
  .strict()
  .meta({ title: 'MariaDB or MySQL' });
export type MariadbSettings = z.infer<typeof MariadbSettings>;
