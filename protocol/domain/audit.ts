import * as z from 'zod';
import { Role } from './role.ts';

/** How a call ended. `failed` of code `forbidden`: it was refused, the role was not enough. */
export const AuditOutcome = z.discriminatedUnion('kind', [
  /** What it led to, where it says so: a job, another revision of the configuration. */
  z.object({
    kind: z.literal('done'),
    job: z.number().optional(),
    revision: z.string().optional(),
  }),
  z.object({ kind: z.literal('failed'), code: z.string() }),
  z.object({ kind: z.literal('working') }),
  /** Kedge stopped while it acted, or the record is of a version that did not note it. */
  z.object({ kind: z.literal('unknown') }),
]);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/**
 * One call that changes something, that tested a setting, or that was refused. `claimedUser` and `tty` are what the caller says of
 * itself; sure is the socket alone, by the rights of which the caller came in.
 */
export const AuditEntry = z.object({
  id: z.number(),
  atMs: z.number(),
  method: z.string(),
  /** Without secrets; long texts are replaced by their length and hash. */
  params: z.record(z.string(), z.unknown()),
  socket: z.string(),
  /** Absent: recorded by a version that had none. */
  role: Role.optional(),
  claimedUser: z.string().optional(),
  tty: z.string().optional(),
  /** Name of the program that asked. */
  client: z.string().optional(),
  outcome: AuditOutcome,
});
export type AuditEntry = z.infer<typeof AuditEntry>;
