import * as z from 'zod';
import { mutating } from '../method.ts';
import { requestId } from './backup.ts';

/**
 * Puts Kedge's marker into the folder of a destination that the configuration names: until then nothing is
 * written there. Refused where the folder is missing, holds other things or has nothing mounted at it, unless
 * `anyway`; and where the destination was on another drive before.
 */
export const storePrepare = mutating(
  'store.prepare',
  'admin',
  z.object({ requestId, store: z.string(), anyway: z.boolean().optional() }),
  /** `created`: false where the marker was there already. */
  z.object({ store: z.string(), path: z.string(), id: z.string(), created: z.boolean() }),
);
