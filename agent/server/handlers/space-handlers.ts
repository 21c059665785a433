import { spaceClear, spaceHistory, spaceRead } from '../../../protocol/methods/space.ts';
import { clearDifferentials, clearUploads } from '../space/clear-space.ts';
import { readSpace } from '../space/read-space.ts';
import { readSpaceHistory } from '../space/read-space-history.ts';
import { handle } from './handler.ts';

export const spaceHandlers = [
  handle(spaceRead, async (daemon) => ({ places: await readSpace(daemon) })),
  handle(spaceHistory, async (daemon, { days }) => await readSpaceHistory(daemon, days)),
  handle(spaceClear, async (daemon, { what, store, confirmation }) =>
    what === 'uploads'
      ? await clearUploads(daemon, store, confirmation)
      : await clearDifferentials(daemon, store, confirmation),
  ),
];
