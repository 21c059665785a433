import * as z from 'zod';

const seconds = z.number().positive().max(3600);
const timeoutSeconds = seconds.optional().meta({
  title: 'Seconds to answer',
  description: 'Without an answer for longer it counts as ill',
});

export const HttpProbeSettings = z
  .object({
    kind: z.literal('http'),
    url: z.string().startsWith('http://').meta({
      title: 'Address',
      description: 'Such as http://127.0.0.1:8080/health',
    }),
    /** Expected; any 2xx where it is not given. */
    status: z
      .int()
      .min(100)
      .max(599)
      .optional()
      .meta({ title: 'Expected status', description: 'absent: any from 200 to 299' }),
    timeoutSeconds,
  })
  .strict()
  .meta({ title: 'HTTP request' });
export type HttpProbeSettings = z.infer<typeof HttpProbeSettings>;

/** Whether a port takes connections. `host`: 127.0.0.1 where it is not given. */
export const TcpProbeSettings = z
  .object({
    kind: z.literal('tcp'),
    host: z
      .string()
      .min(1)
      .optional()
      .meta({ title: 'Host', description: 'Name or address; absent: 127.0.0.1' }),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .meta({ title: 'Port', description: 'Healthy while it takes connections' }),
    timeoutSeconds,
  })
  .strict()
  .meta({ title: 'TCP port' });
export type TcpProbeSettings = z.infer<typeof TcpProbeSettings>;

const absolutePath = z.string().startsWith('/');

export const SqliteProbeSettings = z
  .object({
    kind: z.literal('sqlite'),
    path: absolutePath.meta({ title: 'Database file', description: 'It is only read' }),
    /** A transaction for writing that is open for longer is ill: 60 where it is not given; false: not asked. */
    lockSeconds: z
      .union([seconds, z.literal(false)])
      .optional()
      .meta({
        title: 'Longest lock in seconds',
        description: 'A transaction that writes for longer is ill; absent: 60; false: not asked',
      }),
    /** Where it is not given: twice the database, 1 GiB at least. */
    walBytes: z.int().min(0).optional().meta({
      title: 'Largest -wal in bytes',
      description: 'absent: twice the database, 1 GiB at least',
    }),
    timeoutSeconds,
  })
  .strict()
  .meta({ title: 'SQLite file' });
export type SqliteProbeSettings = z.infer<typeof SqliteProbeSettings>;

/** Free for users other than root. Where neither limit is given: 5 %. */
export const DiskProbeSettings = z
  .object({
    kind: z.literal('disk'),
    path: absolutePath.meta({ title: 'Path', description: 'Any on the disk that is meant' }),
    minFreePercent: z.number().min(0).max(100).optional().meta({
      title: 'Free in percent at least',
      description: 'For users other than root; without this and bytes: 5',
    }),
    minFreeBytes: z.int().min(0).optional().meta({
      title: 'Free in bytes at least',
      description: 'For users other than root',
    }),
    timeoutSeconds,
  })
  .strict()
  .meta({ title: 'Free disk space' });
export type DiskProbeSettings = z.infer<typeof DiskProbeSettings>;

/** `SELECT 1` in the `database` of its service, with a connection of its own. */
export const SqlProbeSettings = z
  .object({ kind: z.literal('sql'), timeoutSeconds })
  .strict()
  .meta({ title: 'Question to its database' });
export type SqlProbeSettings = z.infer<typeof SqlProbeSettings>;

export const ProbeSettings = z.discriminatedUnion('kind', [
  HttpProbeSettings,
  TcpProbeSettings,
  SqliteProbeSettings,
  DiskProbeSettings,
  SqlProbeSettings,
]);
export type ProbeSettings = z.infer<typeof ProbeSettings>;
