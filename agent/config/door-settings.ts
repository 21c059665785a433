import * as z from 'zod';

/** A further socket, for a group of people who may do less than Kedge's own user. */
function door(title: string) {
  return z
    .object({
      /** Its folder must let them in; that of a Kedge in a user's home does not. */
      socket: z.string().startsWith('/').meta({ title: 'Socket' }),
      /** Absent: Kedge's own user alone. */
      group: z.string().min(1).optional().meta({ title: 'Group that may open it' }),
    })
    .strict()
    .meta({ title });
}

/** For those who only look: monitoring, colleagues. */
export const ViewerSettings = door('Viewers');
/** For those who back up, verify, acknowledge and get services going again, and do nothing else. */
export const OperatorSettings = door('Operators');
export type DoorSettings = z.infer<typeof ViewerSettings>;
