import { expect, test } from 'vitest';
import type { Daemon } from '../../../agent/server/daemon.ts';
import { clearDifferentials } from '../../../agent/server/space/clear-space.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { oldBackup } from '../../support/retention-cases.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

test('differentials of another installation that shares the destination are not cleared', async () => {
  const theirs = { installation: 'theirs' };
  const backups: readonly Backup[] = [
    oldBackup('newest', 1, theirs),
    oldBackup('full', 9, theirs),
    oldBackup('differential', 8, { ...theirs, kind: 'differential', base: 'full' }),
  ];
  const folder = temporaryFolder();
  const daemon = {
    config: () => ({ stores: { disk: { kind: 'local', path: folder } } }),
    places: { state: folder },
    clock: { doubt: () => undefined },
    transfers: { read: new Set() },
    backups: { all: () => backups },
    state: {
      installation: 'here',
      machine: { moved: () => undefined },
      jobs: { unfinished: () => [] },
    },
  } as unknown as Daemon;
  expect(await clearDifferentials(daemon, 'disk', '0')).toEqual({ removed: [], bytes: 0 });
});
