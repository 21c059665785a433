import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isMounted } from '../../agent/stores/local/is-mounted.ts';
import { cleanUpPartials, partialName } from '../../agent/stores/local/partials.ts';
import { initStore, openStore } from '../../agent/stores/stores.ts';
import { storeContract } from '../contract/store.ts';
import { testWith } from '../support/require-tool.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { testWithMounts } from '../support/test-with-mounts.ts';

const settingsAt = (path: string, requireMount = false) =>
  ({ kind: 'local', path, requireMount }) as const;

const absences = {
  'local folder': { kind: 'offline', code: 'store-offline' },
  'drive that comes and goes': { kind: 'away', code: 'store-away' },
} as const;

for (const [kind, absence] of Object.entries(absences)) {
  storeContract(kind, async (folder) => {
    const path = join(folder, 'backups');
    const settings = { ...settingsAt(path), removable: absence.kind === 'away' };
    await initStore('main', settings);
    return {
      store: openStore('main', settings),
      leftovers: () => readdirSync(path).filter((name) => name !== '.kedge-store.json'),
      disconnect: () => {
        renameSync(path, join(folder, 'elsewhere'));
        mkdirSync(path);
      },
      reconnect: () => {
        rmdirSync(path);
        renameSync(join(folder, 'elsewhere'), path);
      },
      absence,
    };
  });
}

test('another drive than the one that belongs there is not used, and is told by its marker', async () => {
  const path = join(temporaryFolder(), 'usb');
  await initStore('usb', settingsAt(path));
  const found = await openStore('usb', settingsAt(path)).state();
  const id = found.kind === 'online' ? found.id : '';
  const own = openStore('usb', { ...settingsAt(path), removable: true, id });
  const other = openStore('usb', { ...settingsAt(path), removable: true, id: 'another' });
  expect((await own.state()).kind).toBe('online');
  expect(await other.state()).toMatchObject({
    kind: 'offline',
    otherDrive: { found: id, expected: 'another' },
  });
  await expect(other.put('b1')).rejects.toMatchObject({
    failure: { code: 'store-other-drive', params: { found: id, expected: 'another', path } },
  });
  expect(readdirSync(path)).toEqual(['.kedge-store.json']);
});

test('a folder becomes a store once, and keeps its id', async () => {
  const path = join(temporaryFolder(), 'new', 'backups');
  const first = await initStore('main', settingsAt(path));
  const second = await initStore('main', settingsAt(path));
  expect(first.kind).toBe('created');
  expect(second).toEqual({ ...first, kind: 'existing' });
  expect(await openStore('main', settingsAt(path)).state()).toEqual({ ...first, kind: 'online' });
});

test('a folder that holds other things becomes a store only where that is asked for', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'photo.jpg'), 'x');
  expect(await initStore('main', settingsAt(path))).toEqual({ kind: 'not-empty' });
  expect(readdirSync(path)).toEqual(['photo.jpg']);
  expect(await initStore('main', settingsAt(path), true)).toMatchObject({ kind: 'created' });
});

test('a folder without the marker, one that is missing and one with a broken marker are offline, saying why', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'broken'));
  writeFileSync(join(folder, 'broken', '.kedge-store.json'), '{');
  const whys = [];
  for (const path of [folder, join(folder, 'none'), join(folder, 'broken')]) {
    whys.push(await openStore('main', settingsAt(path)).state());
  }
  expect(whys).toMatchObject([
    { kind: 'offline', why: `there is no Kedge marker in "${folder}"` },
    { kind: 'offline', why: `there is no Kedge marker in "${folder}/none"` },
    { kind: 'offline', why: expect.stringContaining('cannot be read') },
  ]);
});

test('names that are no archives, half-written and empty ones are not listed', async () => {
  const path = temporaryFolder();
  await initStore('main', settingsAt(path));
  for (const name of ['a.tar.zst', 'notes.txt', '.hidden.tar.zst', partialName('b1')]) {
    writeFileSync(join(path, name), 'x');
  }
  writeFileSync(join(path, 'empty.tar.zst'), '');
  mkdirSync(join(path, 'folder.tar.zst'));
  const listed = await openStore('main', settingsAt(path)).list();
  expect(listed.map(({ name }) => name)).toEqual(['a.tar.zst']);
});

test('what a crashed backup left is cleaned up, what others write is not', async () => {
  const path = temporaryFolder();
  const mine = [partialName('mine'), `${partialName('mine')}.index`];
  for (const name of [...mine, partialName('other'), 'a.tar.zst'])
    writeFileSync(join(path, name), 'x');
  await cleanUpPartials(path, 'mine');
  await cleanUpPartials(join(path, 'none'), 'mine');
  expect(readdirSync(path).sort()).toEqual([partialName('other'), 'a.tar.zst']);
});

test('an archive outside of the store is not removed through it', async () => {
  const folder = temporaryFolder();
  await initStore('main', settingsAt(join(folder, 'backups')));
  writeFileSync(join(folder, 'mine.tar.zst'), 'x');
  const store = openStore('main', settingsAt(join(folder, 'backups')));
  await expect(store.remove(`${folder}/backups/../mine.tar.zst`)).rejects.toMatchObject({
    failure: { code: 'not-found' },
  });
  expect(readdirSync(folder)).toContain('mine.tar.zst');
});

testWithMounts()(
  'a store that must be mounted is offline while nothing is mounted there',
  async ({ skip }) => {
    const path = join(temporaryFolder(), 'drive');
    skip(await isMounted(path), 'the folder for temporary files is on a mount of its own here');
    const settings = settingsAt(path, true);
    mkdirSync(path);
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', path]);
    onTestFinished(() => {
      spawnSync('umount', [path]);
    });
    await initStore('main', settings);
    const mounted = await openStore('main', settings).state();
    execFileSync('umount', [path]);
    // Somebody copied the marker onto the disk below.
    writeFileSync(join(path, '.kedge-store.json'), '{"version":1,"id":"copy"}');
    const unmounted = await openStore('main', settings).state();
    expect(mounted.kind).toBe('online');
    expect(unmounted).toEqual({ kind: 'offline', why: `nothing is mounted at "${path}"` });
    await expect(initStore('main', settings)).rejects.toMatchObject({
      failure: { code: 'store-offline' },
    });
  },
);

testWith('strace')(
  'on a file system without hard links an archive is named by rename, and nothing is overwritten',
  () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'a.tar.zst'), 'old');
    const script = `
    import { putInFolder } from ${JSON.stringify(join(import.meta.dirname, '../../agent/stores/local/put.ts'))};
    await using pending = await putInFolder(${JSON.stringify(path)}, 'b1');
    await pending.file.write('new');
    process.stdout.write(await pending.commit('a.tar.zst', async () => {}));`;
    const inject = [
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      'trace=link,linkat',
      '-e',
      'inject=link,linkat:error=EPERM',
    ];
    const node = [process.execPath, '--input-type=module-typescript', '-e', script];
    const { stdout, stderr } = spawnSync('strace', [...inject, ...node], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: join(path, 'a-2.tar.zst'), stderr: '' });
    expect(readdirSync(path)).toEqual(['a-2.tar.zst', 'a.tar.zst']);
  },
);
