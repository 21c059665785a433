import * as z from 'zod';
import { SecretReference } from '../../os/secret-reference.ts';
import { connectionSettings } from '../connection-settings.ts';

const { host, port, tls, user } = connectionSettings;

/** How a SQL Server is reached, without the database. */
export const sqlserverConnection = {
  /** Absent: this machine. */
  host,
  port,
  /** Of a named one: the SQL Server Browser of the host says its port, where none is given. */
  instance: z
    .string()
    .regex(/^[A-Za-z_#][\w#$]{0,15}$/)
    .optional(),
  tls,
  user,
  /** Of the login: no other way in is known. */
  password: SecretReference,
};

/** A database of a Microsoft SQL Server. */
export const SqlserverSettings = z
  .object({
    engine: z.literal('sqlserver'),
    ...sqlserverConnection,
    /** The application's. */
    name: z.string().min(1).max(128),
  })
  .strict()
  .meta({ title: 'SQL Server' });
export type SqlserverSettings = z.infer<typeof SqlserverSettings>;
