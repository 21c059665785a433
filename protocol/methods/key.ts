import * as z from 'zod';
import { mutating, reading } from '../method.ts';
import { requestId } from './backup.ts';

/** How encryption stands. Keys are their public halves (`age1...`). */
export const KeyStatus = z.object({
  /** Backups are encrypted: it is configured, and nothing stands against it. */
  enabled: z.boolean(),
  recoveryKey: z.string().optional(),
  writeOnly: z.boolean(),
  /** Of this installation's own key. */
  own: z.string().optional(),
  /** When somebody last showed that they have the recovery key, ms UTC. */
  provenAtMs: z.number().optional(),
  /** Why backups are refused now. */
  problem: z.string().optional(),
  hint: z.string().optional(),
});
export type KeyStatus = z.infer<typeof KeyStatus>;

export const keyStatus = reading('key.status', 'admin', z.object({}), KeyStatus);

/**
 * Proves a recovery key by its secret half, which opens an archive made for it; then it stands in the
 * configuration. `replace`: also where another one stands there.
 */
export const keyCheck = mutating(
  'key.check',
  'admin',
  z.object({
    requestId,
    secrets: z.object({ recoveryKey: z.string().min(1).max(4096) }),
    replace: z.boolean().optional(),
  }),
  KeyStatus,
);
