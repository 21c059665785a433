import { spaceRead } from '../../../protocol/methods/space.ts';
import { readSpace } from '../space/read-space.ts';
import { handle } from './handler.ts';

export const spaceHandlers = [
  handle(spaceRead, async (daemon) => ({ places: await readSpace(daemon) })),
];
