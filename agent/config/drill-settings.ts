import * as z from 'zod';
import { HttpProbeSettings } from '../services/probe-settings.ts';

/**
 * Starts the application against the copy that a drill made. In `command`, `environment` and the `url` of `ready`,
 * `{<source>}` is the path of that source's copy and `{port}` a port that is free.
 */
const DrillProbeSettings = z
  .object({
    /** argv, never a shell; the first one an absolute path. */
    command: z.array(z.string()).min(1),
    environment: z.record(z.string(), z.string()).optional(),
    ready: HttpProbeSettings,
    /** Until it is ready; 60 where it is not given. */
    timeoutSeconds: z.number().positive().max(3600).optional(),
  })
  .strict();
export type DrillProbeSettings = z.infer<typeof DrillProbeSettings>;

/** How often what is kept is proven again; false: only by hand. */
export const ProofsSettings = z
  .object({
    /** Every good backup is read again after so many days at the latest; absent: 30. */
    verifyEveryDays: z
      .union([z.number().min(1).max(365), z.literal(false)])
      .optional()
      .meta({ title: 'Verify again after days' }),
    /** The newest good backup is restored into scratch; absent: 7. */
    drillEveryDays: z
      .union([z.number().min(1).max(365), z.literal(false)])
      .optional()
      .meta({ title: 'Drill every so many days' }),
  })
  .strict();
export type ProofsSettings = z.infer<typeof ProofsSettings>;

export const DrillSettings = z
  .object({
    scratch: z.string().startsWith('/').optional().meta({
      title: 'Folder for the copies',
      description: "absent: in Kedge's state folder",
    }),
    probe: DrillProbeSettings.optional().meta({
      title: 'Start the application',
      description: 'against the copy that a drill made',
    }),
  })
  .strict();
export type DrillSettings = z.infer<typeof DrillSettings>;
