import * as z from 'zod';
import { LeftInServer } from './restore.ts';

/** A database server that a recovery needs. */
const NeededServer = z.object({
  /** For the eye: `postgres://db.example:5432/clinic`, of each of its databases. */
  databases: z.array(z.string()).readonly(),
  /** Why it gives no answer; absent: it answers, if only to refuse. */
  why: z.string().optional(),
});

/** A restore, an undo or a recovery onto this machine that died and is not settled yet. */
export const OpenRecovery = z.object({
  /** That died; its recovery goes by this number. */
  job: z.number(),
  title: z.string(),
  atMs: z.number(),
  /** The application's name, as it is typed to give it up. */
  application: z.string(),
  /** Of the data nothing was exchanged yet, something perhaps, or all of it. */
  stage: z.enum(['untouched', 'half exchanged', 'exchanged']),
  isAtWork: z.boolean(),
  servers: z.array(NeededServer).readonly(),
  /** What giving it up now would leave in servers that do not answer. */
  left: z.array(LeftInServer).readonly(),
});
export type OpenRecovery = z.infer<typeof OpenRecovery>;
