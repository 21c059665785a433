import { z } from 'zod';
import { ServiceRole } from '../../protocol/domain/service.ts';
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
  .strict();
export type HttpProbeSettings = z.infer<typeof HttpProbeSettings>;

export const ProbeSettings = z.discriminatedUnion('kind', [HttpProbeSettings]);
export type ProbeSettings = z.infer<typeof ProbeSettings>;

/** What every manager's service has. */
const common = {
  role: ServiceRole,
  dependsOn: z.array(z.string()).optional(),
  probes: z.array(ProbeSettings).optional(),
  startTimeoutSeconds: seconds.optional(),
  stopTimeoutSeconds: seconds.optional(),
  stableSeconds: z.number().min(0).max(600).optional(),
  allowKill: z.boolean().optional(),
  stopWithAgent: z.boolean().optional(),
  autoStart: z.boolean().optional(),
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
  .strict();
export type ProcessServiceSettings = z.infer<typeof ProcessServiceSettings>;

/** A unit of systemd. */
export const SystemdServiceSettings = z
  .object({ manager: z.literal('systemd'), unit: UnitName, ...common })
  .strict();
export type SystemdServiceSettings = z.infer<typeof SystemdServiceSettings>;

export const ServiceSettings = z.discriminatedUnion('manager', [
  ProcessServiceSettings,
  SystemdServiceSettings,
]);
export type ServiceSettings = z.infer<typeof ServiceSettings>;
