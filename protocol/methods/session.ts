import * as z from 'zod';
import { LogLine, Snapshot } from '../domain/snapshot.ts';
import { reading } from '../method.ts';

/** Raised when a side could no longer understand the other. */
export const protocolVersion = 1;

/** Must be the first call on a connection. `claimedUser`: for the audit only, nothing is decided by it. */
export const sessionOpen = reading(
  'session.open',
  z.object({
    version: z.int(),
    capabilities: z.array(z.string()).readonly(),
    token: z.string().optional(),
    client: z.string().max(100),
    claimedUser: z.string().max(100).optional(),
    /** True: no person is at its terminal, so that nothing is asked on its account. */
    unattended: z.boolean().optional(),
  }),
  z.object({
    version: z.int(),
    capabilities: z.array(z.string()).readonly(),
    kedgeVersion: z.string(),
    pid: z.int(),
    installation: z.string(),
    /** New at every start of Kedge; notices of another epoch mean: read the snapshot again. */
    epoch: z.string(),
    home: z.string(),
  }),
);

export const snapshotGet = reading('snapshot.get', z.object({}), Snapshot);

/** The newest lines of the daemon's log, oldest first. */
export const logTail = reading(
  'log.tail',
  z.object({ lines: z.int().min(1).max(2000) }),
  z.object({ lines: z.array(LogLine).readonly() }),
);
