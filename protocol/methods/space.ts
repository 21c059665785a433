import * as z from 'zod';
import { SpaceHistory, SpacePlace } from '../domain/space.ts';
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

/** How much was stored, a sample a day, and how free each file system was, some a day, oldest first. Bytes. */
export const spaceHistory = reading(
  'space.history',
  'viewer',
  z.object({ days: z.int().min(1).max(400) }),
  z.object({
    stored: z.array(z.object({ atMs: z.number(), bytes: z.number() })).readonly(),
    places: z.array(SpaceHistory).readonly(),
  }),
);
