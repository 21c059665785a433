import { existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyDesk } from '../../../agent/server/copies/copy-desk.ts';
import type { Daemon } from '../../../agent/server/daemon.ts';
import { initStore } from '../../../agent/stores/stores.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { cannedBackup } from '../../support/canned-snapshot.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const job = 7;

/** A full that was copied to a drive, with what else this daemon knows. */
async function copiedFull(about: {
  readonly others?: (at: (store: string, name: string) => Backup['copies']) => readonly Backup[];
  readonly reads?: number;
  readonly farIsGone?: boolean;
  readonly farIsNear?: boolean;
}) {
  const home = temporaryFolder();
  const folder = (name: string): string => join(home, name);
  for (const name of ['local', 'usb', 'state']) mkdirSync(folder(name));
  await initStore('local', { kind: 'local', path: folder('local') }, true);
  const [near, far] = [join(folder('local'), 'full.tar.zst'), join(folder('usb'), 'full.tar.zst')];
  writeFileSync(near, 'x');
  if (about.farIsNear === true) linkSync(near, far);
  const at = (store: string, name: string) => [
    { path: join(folder(store), name), store, presence: 'present' as const },
  ];
  const copies = about.farIsGone === true ? undefined : at('usb', 'full.tar.zst');
  const full = cannedBackup({
    id: 'full',
    kind: 'full',
    path: near,
    store: 'local',
    ...(copies && { copies }),
  });
  const others = about.others?.(at) ?? [];
  const forgotten: string[] = [];
  const reading = { kind: 'extract', path: near, backup: full, paths: [], folder: '/tmp/x' };
  const daemon = {
    config: () => ({ stores: { local: { kind: 'local', path: folder('local') } } }),
    places: { state: folder('state') },
    transfers: { read: [] },
    backups: {
      get: () => full,
      all: () => [full, ...others],
      forget: ({ path }: Backup) => forgotten.push(path),
    },
    state: {
      jobs: {
        unfinished: () =>
          about.reads === undefined ? [] : [{ job: { id: about.reads }, order: reading }],
      },
    },
  } as unknown as Daemon;
  const why = await copyDesk(daemon, job).letGo('full', near, far);
  return { why, stays: existsSync(near), forgotten: forgotten.length };
}

const differential = (copies: Backup['copies']): Backup =>
  cannedBackup({
    id: 'diff',
    kind: 'differential',
    base: 'full',
    path: '/backups/diff.tar.zst',
    ...(copies === undefined ? {} : { copies }),
  });

test('what is moved into its own folder under another name stays', async () => {
  const { why, stays, forgotten } = await copiedFull({ farIsNear: true });
  expect([stays, forgotten]).toEqual([true, 0]);
  expect(why).toMatch(/full\.tar\.zst" is the same file$/);
});

test('what was moved and is not needed goes from the disk and from the list of that place', async () => {
  expect(await copiedFull({ reads: job })).toEqual({ why: undefined, stays: false, forgotten: 1 });
  const others = (at: Parameters<NonNullable<Parameters<typeof copiedFull>[0]['others']>>[0]) => [
    differential(at('usb', 'diff.tar.zst')),
  ];
  expect((await copiedFull({ others })).stays).toBe(false);
});

test.each([
  ['the far one is gone', { farIsGone: true }, /is not at ".*usb\/full\.tar\.zst" any more/],
  ['another job reads it', { reads: 8 }, /a job is reading it/],
  [
    'a differential stays',
    { others: () => [differential(undefined)] },
    /the differential "diff\.tar\.zst" stays and needs it/,
  ],
])('the near one stays where %s', async (_why, about, words) => {
  const { why, stays, forgotten } = await copiedFull(about);
  expect([stays, forgotten]).toEqual([true, 0]);
  expect(why).toMatch(words);
});
