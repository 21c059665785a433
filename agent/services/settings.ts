import * as z from 'zod';
import { ServiceRole } from '../../protocol/domain/service.ts';
import { DatabaseSettings } from '../databases/settings.ts';
import { UnitName } from './systemd/unit-name.ts';

const seconds = z.number().positive().max(3600);

export const HttpProbeSettings = z
  .object({
    kind: z.literal('http'),
    url: z.string().startsWith('http://'),
    /** Expected; any 2xx where it is not given. */
    status: z.int().min(100).max(599).optional(),
    timeoutSeconds: seconds.optional(),
  })
  .strict()
  .meta({ title: 'HTTP request' });
export type HttpProbeSettings = z.infer<typeof HttpProbeSettings>;

/** Whether a port takes connections. `host`: 127.0.0.1 where it is not given. */
export const TcpProbeSettings = z
  .object({
    kind: z.literal('tcp'),
    host: z.string().min(1).optional(),
    port: z.int().min(1).max(65_535),
    timeoutSeconds: seconds.optional(),
  })
  .strict()
  .meta({ title: 'TCP port' });
export type TcpProbeSettings = z.infer<typeof TcpProbeSettings>;

const absolutePath = z.string().startsWith('/');

export const SqliteProbeSettings = z
  .object({
    kind: z.literal('sqlite'),
    path: absolutePath,
    /** A transaction for writing that is open for longer is ill: 60 where it is not given; false: not asked. */
    lockSeconds: z.union([seconds, z.literal(false)]).optional(),
    /** Where it is not given: twice the database, 1 GiB at least. */
    walBytes: z.int().min(0).optional(),
    timeoutSeconds: seconds.optional(),
  })
  .strict()
  .meta({ title: 'SQLite file' });
export type SqliteProbeSettings = z.infer<typeof SqliteProbeSettings>;

/** Free for users other than root. Where neither limit is given: 5 %. */
export const DiskProbeSettings = z
  .object({
    kind: z.literal('disk'),
    path: absolutePath,
    minFreePercent: z.number().min(0).max(100).optional(),
    minFreeBytes: z.int().min(0).optional(),
    timeoutSeconds: seconds.optional(),
  })
  .strict()
  .meta({ title: 'Free disk space' });
export type DiskProbeSettings = z.infer<typeof DiskProbeSettings>;

/** `SELECT 1` in the `database` of its service, with a connection of its own. */
export const SqlProbeSettings = z
  .object({ kind: z.literal('sql'), timeoutSeconds: seconds.optional() })
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

/** What every manager's service has. */
const common = {
  role: ServiceRole.meta({ title: 'Role' }),
  dependsOn: z
    .array(z.string().meta({ names: 'services' }))
    .optional()
    .meta({ title: 'Needs', description: 'Services that are started before it' }),
  /** What runs in it, of a service with the role database: whom Kedge asks for its clients, and by a sql probe. */
  database: DatabaseSettings.optional().meta({
    title: 'Database in it',
    description: 'Of a service with the role database: whom Kedge asks for its clients',
  }),
  probes: z.array(ProbeSettings).optional().meta({ title: 'Questions to it' }),
  startTimeoutSeconds: seconds.optional(),
  stopTimeoutSeconds: seconds.optional(),
  stableSeconds: z.number().min(0).max(600).optional(),
  /** The same as `"onStopTimeout": "kill"`. */
  allowKill: z.boolean().optional().meta({ title: 'May be killed' }),
  /** When it does not stop in time; without it, and where nobody is there to be asked: abort. */
  onStopTimeout: z
    .enum(['ask', 'kill', 'abort'])
    .optional()
    .meta({ title: 'When it does not stop', description: 'absent: ask whoever is there' }),
  stopWithAgent: z.boolean().optional().meta({ title: 'Ends with Kedge' }),
  /** Absent: nothing is reset by itself. */
  autoReset: z
    .object({
      /** So long it must have been ill or down by itself. */
      afterSeconds: z.number().min(10).max(86_400),
    })
    .strict()
    .optional()
    .meta({ title: 'Reset by itself', description: 'When it is ill or down for so long' }),
  autoStart: z.boolean().optional().meta({ title: 'Started by Kedge' }),
};

/** argv, never a shell. */
const argv = z.array(z.string()).min(1);
const program = { folder: z.string().startsWith('/').optional() };
const environment = z.record(z.string(), z.string()).optional();

/** A service of the process manager: a command that Kedge's daemon starts detached and adopts again. */
export const ProcessServiceSettings = z
  .object({
    manager: z.literal('process'),
    /** The first one an absolute path. */
    command: argv,
    ...program,
    environment,
    ...common,
  })
  .strict()
  .meta({ title: 'Program that Kedge starts' });
export type ProcessServiceSettings = z.infer<typeof ProcessServiceSettings>;

/** A unit of systemd. */
export const SystemdServiceSettings = z
  .object({ manager: z.literal('systemd'), unit: UnitName, ...common })
  .strict()
  .meta({ title: 'Unit of systemd' });
export type SystemdServiceSettings = z.infer<typeof SystemdServiceSettings>;

/**
 * A service with commands of its own, as an init script has them. Exit codes of `status` as of the Linux
 * Standard Base: 0 up, 3 down, 1 and 2 dead, all others not known.
 */
export const CommandServiceSettings = z
  .object({
    manager: z.literal('command'),
    start: argv,
    stop: argv,
    status: argv,
    /** Ends it without asking; only with `allowKill`. */
    kill: argv.optional(),
    /** Prints its last lines. Absent: what `start` and the service itself printed. */
    logs: argv.optional(),
    /** Holds the number of its process, which tells one run from the next. */
    pidFile: z.string().startsWith('/').optional(),
    ...program,
    environment,
    ...common,
  })
  .strict()
  .meta({ title: 'Commands of its own' });
export type CommandServiceSettings = z.infer<typeof CommandServiceSettings>;

export const ServiceSettings = z.discriminatedUnion('manager', [
  ProcessServiceSettings,
  SystemdServiceSettings,
  CommandServiceSettings,
]);
export type ServiceSettings = z.infer<typeof ServiceSettings>;
