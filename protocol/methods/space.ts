import { z } from 'zod';
import { SpacePlace } from '../domain/space.ts';
import { reading } from '../method.ts';

/** What each file system holds of Kedge, what may go from it, and when it will be full. */
export const spaceRead = reading(
  'space.read',
  z.object({}),
  z.object({ places: z.array(SpacePlace).readonly() }),
);
