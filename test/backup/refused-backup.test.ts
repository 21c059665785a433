import { chmodSync, mkdirSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runBackup } from '../../agent/backup/run-backup.ts';
import type { Config } from '../../agent/config/config.ts';
import { asOtherUser } from '../support/as-other-user.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

const run = (
  clinic: SmallClinic,
  change: Partial<SmallClinic['order']> = {},
  work = recordedWork(),
) => runBackup({ ...clinic.order, ...change }, clinic.config, work, noServices);

const refusals: readonly [
  string,
  string,
  (clinic: SmallClinic) => Partial<SmallClinic['order']>,
][] = [
  [
    'a folder inside a source',
    'store-inside-source',
    (clinic) => ({
      destination: { kind: 'folder', folder: join(clinic.uploads, 'scans') },
    }),
  ],
  [
    'a source itself',
    'store-inside-source',
    (clinic) => ({
      destination: { kind: 'folder', folder: clinic.uploads },
    }),
  ],
  [
    'a folder that is not there',
    'io-failed',
    (clinic) => ({
      destination: { kind: 'folder', folder: join(clinic.folder, 'none') },
    }),
  ],
  [
    'a store that is not configured',
    'destination-unknown',
    () => ({
      destination: { kind: 'store', store: 'other' },
    }),
  ],
  [
    'a store whose marker is gone',
    'store-offline',
    (clinic) => {
      unlinkSync(join(clinic.store, '.kedge-store.json'));
      return {};
    },
  ],
];

test.for(refusals)(
  '%s is refused as a destination before anything is written',
  async ([, code, change]) => {
    const clinic = await makeSmallClinic();
    const order = change(clinic);
    const before = readdirSync(clinic.folder, { recursive: true });
    const work = recordedWork();
    await expect(run(clinic, order, work)).rejects.toMatchObject({ failure: { code } });
    expect(readdirSync(clinic.folder, { recursive: true })).toEqual(before);
    expect(work.steps).toEqual([]);
  },
);

test('a store inside a source is refused, also through a link', async () => {
  const clinic = await makeSmallClinic((config) => {
    const [uploads] = pathsOf(config, 'uploads');
    config.stores['main'] = { kind: 'local', path: `${uploads}/../uploads/backups` };
  });
  await expect(run(clinic)).rejects.toMatchObject({
    failure: { code: 'store-inside-source', params: { source: 'uploads', root: clinic.uploads } },
  });
});

test('a folder that Kedge may not write to is refused before the sources are captured', async () => {
  const clinic = await makeSmallClinic();
  const work = recordedWork();
  const folder = join(clinic.folder, 'closed');
  mkdirSync(folder, { mode: 0o555 });
  chmodSync(clinic.database, 0o644);
  const refused = asOtherUser(() => run(clinic, { destination: { kind: 'folder', folder } }, work));
  await expect(refused).rejects.toMatchObject({
    failure: { code: 'io-failed', params: { operation: 'write to', path: folder } },
  });
  expect(work.steps).toEqual([]);
});

test.for(['list uploads', 'capture database', 'read database', 'read uploads', 'seal'])(
  'a cancel at "%s" leaves nothing',
  async (at) => {
    const clinic = await makeSmallClinic();
    const work = recordedWork((step) => {
      if (step === at) work.cancel();
    });
    const running = run(clinic, {}, work);
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect({ stored: clinic.stored(), scratch: readdirSync(work.scratch) }).toEqual({
      stored: [],
      scratch: [],
    });
  },
);

test('a store that goes away while the backup runs leaves the job failed and nothing under its name', async () => {
  const clinic = await makeSmallClinic();
  const gone = join(clinic.folder, 'gone');
  const work = recordedWork((step) => {
    if (step !== 'seal') return;
    renameSync(clinic.store, gone);
    mkdirSync(clinic.store);
  });
  await expect(run(clinic, {}, work)).rejects.toThrow();
  expect([clinic.stored(), readdirSync(gone).filter((name) => name.endsWith('.tar.zst'))]).toEqual([
    [],
    [],
  ]);
});

function pathsOf(config: Config, name: string): readonly string[] {
  const source = config.sources[name];
  return source?.engine === 'files' ? [source.path] : [];
}
