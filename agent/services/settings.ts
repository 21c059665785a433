import { z } from 'zod';
import { ServiceRole } from '../../protocol/domain/service.ts';

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

/** A service of the process manager: a command that Kedge's daemon starts detached and adopts again. */
export const ProcessServiceSettings = z
  .object({
    manager: z.literal('process'),
    role: ServiceRole,
    /** argv, never a shell; the first one an absolute path. */
    command: z.array(z.string()).min(1),
    folder: z.string().startsWith('/').optional(),
    environment: z.record(z.string(), z.string()).optional(),
    dependsOn: z.array(z.string()).optional(),
    probes: z.array(ProbeSettings).optional(),
    startTimeoutSeconds: seconds.optional(),
    stopTimeoutSeconds: seconds.optional(),
    stableSeconds: z.number().min(0).max(600).optional(),
    allowKill: z.boolean().optional(),
    stopWithAgent: z.boolean().optional(),
    autoStart: z.boolean().optional(),
  })
  .strict();

export type ProcessServiceSettings = z.infer<typeof ProcessServiceSettings>;

export const ServiceSettings = z.discriminatedUnion('manager', [ProcessServiceSettings]);
export type ServiceSettings = z.infer<typeof ServiceSettings>;
