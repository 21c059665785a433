import * as z from 'zod';

/** A second socket for those who only look: monitoring, colleagues. */
export const ViewerSettings = z
  .object({
    /** Its folder must let them in; Kedge's own does not. */
    socket: z.string().startsWith('/').meta({ title: 'Socket' }),
    /** Absent: Kedge's own user alone. */
    group: z.string().min(1).optional().meta({ title: 'Group that may open it' }),
  })
  .strict()
  .meta({ title: 'Viewers' });
export type ViewerSettings = z.infer<typeof ViewerSettings>;
