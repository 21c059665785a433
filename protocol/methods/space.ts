import * as z from 'zod';
import { SpacePlace } from '../domain/space.ts';
import { mutating, reading } from '../method.ts';
import { requestId } from './backup.ts';

/** What each file system holds of Kedge, what may go from it, and when it will be full. */
export const spaceRead = reading(
  'space.read',
  'viewer',
  z.object({}),
  z.object({ places: z.array(SpacePlace).readonly() }),
);

/**
 * Removes all of one offer: uploads that were not finished, or the differentials that are older than the newest
 * full, as a delete of each does. Confirmed by how many go. Answers their paths and bytes.
 */
export const spaceClear = mutating(
  'space.clear',
  'admin',
  z.object({
    requestId,
    what: z.enum(['uploads', 'differentials']),
    store: z.string(),
    confirmation: z.string(),
  }),
  z.object({ removed: z.array(z.string()).readonly(), bytes: z.number() }),
);
