import * as z from 'zod';
import { Role } from '../domain/role.ts';
import { LogLine, Snapshot } from '../domain/snapshot.ts';
import { reading } from '../method.ts';

/** Raised when a side could no longer understand the other. */
export const protocolVersion = 1;

const viewName = z.string().regex(/^[a-z][a-z-]{0,39}$/);

/** Must be the first call on a connection. `claimedUser`: for the audit only, nothing is decided by it. */
export const sessionOpen = reading(
  'session.open',
  'viewer',
  z.object({
    version: z.int(),
    capabilities: z.array(z.string()).readonly(),
    token: z.string().optional(),
    client: z.string().max(100),
    claimedUser: z.string().max(100).optional(),
    /** True: no person is at its terminal, so that nothing is asked on its account. */
    unattended: z.boolean().optional(),
    /** The terminal it is at, such as "pts/3"; claimed as well. */
    tty: z.string().max(100).optional(),
    /** Name of the screen in front; absent: it shows none, and others are not told that it is there. */
    view: viewName.optional(),
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
    /** What may be done through this connection. */
    role: Role,
    /** Of this connection, never given twice in an epoch. */
    session: z.int(),
  }),
);

/** Notification: another screen is in front. Without an answer, as nothing depends on it. */
export const sessionView = { name: 'session.view', params: z.object({ view: viewName }) } as const;

export const snapshotGet = reading('snapshot.get', 'viewer', z.object({}), Snapshot);

/** The newest lines of the daemon's log, oldest first. */
export const logTail = reading(
  'log.tail',
  'viewer',
  z.object({ lines: z.int().min(1).max(2000) }),
  z.object({ lines: z.array(LogLine).readonly() }),
);
