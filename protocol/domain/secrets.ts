import * as z from 'zod';

/**
 * What opens encrypted archives, given for one request. It goes to the job over its channel and is kept nowhere:
 * not in the audit, the job's record, its log, arguments or environment. Requests have it under `secrets`, by
 * which it is left out.
 */
export const Secrets = z.object({
  passphrase: z.string().min(1).max(1024).optional(),
  /** `AGE-SECRET-KEY-1...`, or the text of a key file. */
  recoveryKey: z.string().min(1).max(4096).optional(),
});
export type Secrets = z.infer<typeof Secrets>;
