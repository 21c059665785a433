import * as z from 'zod';
import { ServiceRole } from '../../protocol/domain/service.ts';
import { DatabaseSettings } from '../databases/settings.ts';
import { ProbeSettings } from './probe-settings.ts';
import { UnitName } from './systemd/unit-name.ts';

const seconds = z.number().positive().max(3600);

/** What every manager's service has. */
const common = {
  role: ServiceRole.meta({
    title: 'Role',
    description: 'What it is for the application: its host, its agent or its database',
  }),
  dependsOn: z
    .array(z.string().meta({ names: 'services' }))
    .optional()
    .meta({ title: 'Needs', description: 'Services that are started before it' }),
  /** What runs in it, of a service with the role database: whom Kedge asks for its clients, and by a sql probe. */
  database: DatabaseSettings.optional().meta({
    title: 'Database in it',
    description: 'Of a service with the role database: whom Kedge asks for its clients',
  }),
  probes: z.array(ProbeSettings).optional().meta({
    title: 'Questions to it',
    description: 'It is healthy when it runs and all of them are answered well',
  }),
  startTimeoutSeconds: seconds.optional().meta({
    title: 'Seconds to start',
    description: 'Until it is healthy; absent: 60',
  }),
  stopTimeoutSeconds: seconds.optional().meta({
    title: 'Seconds to stop',
    description: 'Then it counts as one that does not stop; absent: 10',
  }),
  stableSeconds: z.number().min(0).max(600).optional().meta({
    title: 'Seconds to stay healthy',
    description: 'So long after a start before it counts as started; absent: 2',
  }),
  /** The same as `"onStopTimeout": "kill"`. */
  allowKill: z.boolean().optional().meta({
    title: 'May be killed',
    description: 'The same as "kill" when it does not stop',
  }),
  /** When it does not stop in time; without it, and where nobody is there to be asked: abort. */
  onStopTimeout: z
    .enum(['ask', 'kill', 'abort'])
    .optional()
    .meta({ title: 'When it does not stop', description: 'absent: ask whoever is there' }),
  stopWithAgent: z.boolean().optional().meta({
    title: 'Ends with Kedge',
    description: 'It is stopped when Kedge stops; absent: it goes on',
  }),
  /** Absent: nothing is reset by itself. */
  autoReset: z
    .object({
      /** So long it must have been ill or down by itself. */
      afterSeconds: z.number().min(10).max(86_400).meta({
        title: 'After seconds',
        description: 'So long it must have been ill or down by itself',
      }),
    })
    .strict()
    .optional()
    .meta({ title: 'Reset by itself', description: 'When it is ill or down for so long' }),
  autoStart: z.boolean().optional().meta({
    title: 'Started by Kedge',
    description: 'When Kedge starts and it does not run; absent: it is left as it is',
  }),
};

/** argv, never a shell. */
const argv = z.array(z.string()).min(1);
const program = {
  folder: z
    .string()
    .startsWith('/')
    .optional()
    .meta({ title: 'Working folder', description: 'In which its commands run' }),
};
const environment = z
  .record(z.string(), z.string())
  .optional()
  .meta({ title: 'Environment', description: 'Variables that its commands get beside the usual' });

/** A service of the process manager: a command that Kedge's daemon starts detached and adopts again. */
export const ProcessServiceSettings = z
  .object({
    manager: z.literal('process'),
    /** The first one an absolute path. */
    command: argv.meta({
      title: 'Command',
      description: 'Program by its absolute path, and arguments; no shell',
    }),
    ...program,
    environment,
    ...common,
  })
  .strict()
  .meta({ title: 'Program that Kedge starts' });
export type ProcessServiceSettings = z.infer<typeof ProcessServiceSettings>;

/** A unit of systemd. */
export const SystemdServiceSettings = z
  .object({
    manager: z.literal('systemd'),
    unit: UnitName.meta({
      title: 'Unit',
      description: 'Full name, of the unit that has the process, such as clinic.service',
    }),
    ...common,
  })
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
    start: argv.meta({ title: 'Start', description: 'Program and arguments; no shell' }),
    stop: argv.meta({ title: 'Stop', description: 'Program and arguments; no shell' }),
    status: argv.meta({
      title: 'Status',
      description: 'Exits with 0: up, 3: down, 1 or 2: dead; others: not known',
    }),
    /** Ends it without asking; only with `allowKill`. */
    kill: argv.optional().meta({
      title: 'Kill',
      description: 'Ends it without asking; only where it may be killed',
    }),
    /** Prints its last lines. Absent: what `start` and the service itself printed. */
    logs: argv.optional().meta({
      title: 'Log',
      description: 'Prints its last lines; absent: what start and the service printed',
    }),
    /** Holds the number of its process, which tells one run from the next. */
    pidFile: z.string().startsWith('/').optional().meta({
      title: 'File of its process',
      description: 'Holds the number of it, which tells one run from the next',
    }),
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
