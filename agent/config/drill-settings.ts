import { z } from 'zod';
import { ProbeSettings } from '../services/settings.ts';

/**
 * Starts the application against the copy that a drill made. In `command`, `environment` and the `url` of `ready`,
 * `{<source>}` is the path of that source's copy and `{port}` a port that is free.
 */
const DrillProbeSettings = z
  .object({
    /** argv, never a shell; the first one an absolute path. */
    command: z.array(z.string()).min(1),
    environment: z.record(z.string(), z.string()).optional(),
    ready: ProbeSettings,
    /** Until it is ready; 60 where it is not given. */
    timeoutSeconds: z.number().positive().max(3600).optional(),
  })
  .strict();
export type DrillProbeSettings = z.infer<typeof DrillProbeSettings>;

export const DrillSettings = z
  .object({
    /** Folder for the copies; absent: in Kedge's state folder. */
    scratch: z.string().startsWith('/').optional(),
    probe: DrillProbeSettings.optional(),
  })
  .strict();
export type DrillSettings = z.infer<typeof DrillSettings>;
