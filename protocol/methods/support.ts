import * as z from 'zod';
import { DoctorFinding } from '../domain/doctor.ts';
import { reading } from '../method.ts';

/**
 * Everything that somebody who helps from afar would ask for, secrets taken out, as the bytes of one `.tar.gz` in
 * base64. Nothing is written: whoever asks shows the list first. `findings`: what the doctor saw on the client's side.
 */
export const supportCollect = reading(
  'support.collect',
  'admin',
  z.object({ findings: z.array(DoctorFinding).max(100).readonly() }),
  z.object({
    /** Suggested for the file. */
    name: z.string(),
    files: z
      .array(z.object({ name: z.string(), what: z.string(), sizeBytes: z.number() }))
      .readonly(),
    /** Secrets, or what may be some, that were taken out of the configuration. */
    hidden: z.number(),
    bundle: z.base64(),
  }),
);
