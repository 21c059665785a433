import * as z from 'zod';

/** Who is connected to a service, as far as it may be seen. `state` in the words of the database. */
export const ServiceClient = z.object({
  service: z.string(),
  pid: z.number().optional(),
  user: z.string().optional(),
  program: z.string().optional(),
  address: z.string().optional(),
  sinceMs: z.number().optional(),
  state: z.string().optional(),
  /** What holds it up: "a lock of process 71". */
  waitsFor: z.string().optional(),
});
export type ServiceClient = z.infer<typeof ServiceClient>;
