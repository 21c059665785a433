import * as z from 'zod';
import { RecoverOrder } from '../domain/recover.ts';
import { Secrets } from '../domain/secrets.ts';
import { mutating, reading } from '../method.ts';
import { JobStarted, requestId } from './backup.ts';

/** What was found below a folder: SQLite files, folders that look like uploads, settings files. */
export const Detected = z.object({
  databases: z
    .array(z.object({ path: z.string(), bytes: z.number(), tables: z.number() }))
    .readonly(),
  folders: z.array(z.object({ path: z.string(), bytes: z.number(), files: z.number() })).readonly(),
  settings: z.array(z.string()).readonly(),
  /** Database servers of this machine, with the SQL that lets Kedge in and what then belongs under "sources". */
  servers: z
    .array(
      z.object({
        product: z.string(),
        socket: z.string(),
        sql: z.array(z.string()).readonly(),
        source: z.string(),
        /** Instead of single databases, for the server as a whole. */
        whole: z.object({ sql: z.array(z.string()).readonly(), source: z.string() }).optional(),
        /** What belongs under "services", where the unit is known. */
        service: z.string().optional(),
      }),
    )
    .readonly()
    .optional(),
});
export type Detected = z.infer<typeof Detected>;

export const setupDetect = reading(
  'setup.detect',
  'admin',
  z.object({ folder: z.string().startsWith('/') }),
  Detected,
);
/** Writes a commented configuration where there is none yet. */
export const setupWrite = mutating(
  'setup.write',
  'admin',
  z.object({
    requestId,
    id: z.string(),
    name: z.string(),
    databases: z.array(z.string()).readonly(),
    folders: z.array(z.string()).readonly(),
    settings: z.array(z.string()).readonly(),
    destination: z.string().startsWith('/'),
    nightly: z.boolean(),
    zone: z.string(),
  }),
  z.object({ path: z.string(), sameDisk: z.boolean() }),
);

/** Looks at archives for a machine without a configuration; the job's result is a plan. */
export const recoverPlan = mutating(
  'recover.plan',
  'admin',
  z.object({ requestId, order: RecoverOrder, secrets: Secrets.optional() }),
  JobStarted,
);
/** Runs the plan that a job made. `confirmation`: the application's name, typed, where the plan replaces. */
export const recoverRun = mutating(
  'recover.run',
  'admin',
  z.object({
    requestId,
    planJob: z.number(),
    confirmation: z.string().optional(),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);

export const accidents = [
  'delete-patients',
  'overwrite-upload',
  'hang-host',
  'kill-agent',
  'fill-destination',
] as const;
export const demoAccident = mutating(
  'demo.accident',
  'admin',
  z.object({ requestId, accident: z.enum(accidents) }),
  z.object({ text: z.string() }),
);
/** Stops this Kedge; services with `stopWithAgent` stop too. */
export const kedgeStop = mutating('kedge.stop', 'admin', z.object({ requestId }), z.object({}));
