import { randomBytes } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { openSession, type RunningKedge, startKedge } from '../support/kedge.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { type KedgeOnDisks, startKedgeOnDisks, testWithDisks } from '../support/small-disks.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  kedgeAt,
  mebibyte,
  namesIn,
  type Ran,
  sha256Of,
  takeVerified,
} from '../support/transfer-fixture.ts';
import { until } from '../support/until.ts';

// Each starts Kedge twice and runs a dozen commands.
vi.setConfig({ testTimeout: 180_000 });

const diskTest = testWithDisks();

/** An application with a full and a differential, and its Kedge stopped. */
async function backedUp(folder: string): Promise<{ app: SmallApplication; older: Older }> {
  const app = await makeSmallApplication(folder);
  // Packs to nothing, so that what is expected of the next one is far too little.
  writeFileSync(join(app.uploads, 'zeros.bin'), Buffer.alloc(30 * mebibyte));
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await takeVerified(session);
  writeFileSync(join(app.uploads, '1.txt'), 'changed');
  const made = await run(kedge, 'create', '--differential');
  expect(made.code, made.err).toBe(0);
  const older = new Map(namesIn(app.store).map((name) => [name, sha256Of(join(app.store, name))]));
  expect([...older.keys()].map((name) => name.slice(-13))).toEqual(
    expect.arrayContaining(['_full.tar.zst', '_diff.tar.zst']),
  );
  return { app, older };
}

/** SHA-256 of each archive, by name. */
type Older = ReadonlyMap<string, string>;

async function run({ socket }: RunningKedge, ...argv: readonly string[]): Promise<Ran> {
  return await kedgeAt(socket, ['backup', ...argv]);
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Nothing came to the destination or stayed in scratch, and each older backup is as it was and verifies. */
async function expectUntouched(kedge: KedgeOnDisks, app: SmallApplication, older: Older) {
  const store = kedge.inside(app.store);
  expect(namesIn(store)).toEqual([...older.keys()].toSorted());
  // The verify of the last one may have been queued again at the start.
  const scratch = kedge.inside(join(app.home, 'state', 'scratch'));
  await until(() => readdirSync(scratch).length === 0);
  for (const [name, sha256] of older) {
    expect(sha256Of(join(store, name))).toBe(sha256);
    const verified = await run(kedge, 'verify', join(app.store, name));
    expect(verified.code, verified.err).toBe(0);
  }
}

const kinds = [
  ['full', []],
  ['differential', ['--differential']],
] as const;

diskTest.each(kinds)(
  'a %s that fills its destination ends with exit code 10, says where and how much, and leaves nothing',
  async (_kind, flags) => {
    using folder = tempFolder();
    const { app, older } = await backedUp(folder.path);
    const sizeBytes = bytesIn(app.store) + 3 * mebibyte;
    await using kedge = await startKedgeOnDisks(app.home, [{ folder: app.store, sizeBytes }]);
    const film = join(app.uploads, 'film');
    writeFileSync(film, randomBytes(8 * mebibyte));
    const ran = await run(kedge, 'create', ...flags);
    expect([ran.code, ran.out], ran.err).toEqual([10, '']);
    expect(ran.err).toContain(`not enough space in "${app.store}": `);
    expect(ran.err).toMatch(/more than [23]\.\d MiB needed, [23]\.\d MiB free/);
    await expectUntouched(kedge, app, older);

    rmSync(film);
    const next = await run(kedge, 'create', ...flags);
    expect(next.code, next.err).toBe(0);
  },
);

diskTest(
  'a backup that is expected not to fit is refused before anything is written, with exit code 10',
  async () => {
    using folder = tempFolder();
    const { app, older } = await backedUp(folder.path);
    const sizeBytes = bytesIn(app.store) + mebibyte / 16;
    await using kedge = await startKedgeOnDisks(app.home, [{ folder: app.store, sizeBytes }]);
    const ran = await run(kedge, 'create');
    expect(ran.code).toBe(10);
    expect(ran.err).toMatch(
      /not enough space in ".*backups": \d+\.\d KiB needed, \d+\.\d KiB free/,
    );
    await expectUntouched(kedge, app, older);
  },
);

// The root, the marker and two archives; then the partial file too, of which the name is another file for tmpfs.
diskTest.each([
  ['begins', 4],
  ['gets its name', 5],
] as const)(
  'a destination with room for bytes but for no file when an archive %s leaves nothing and says so',
  async (when, files) => {
    using folder = tempFolder();
    const { app, older } = await backedUp(folder.path);
    const sizeBytes = 64 * mebibyte;
    await using kedge = await startKedgeOnDisks(app.home, [
      { folder: app.store, sizeBytes, files },
    ]);
    for (const flags of [[], ['--differential'], ['--name', 'mine']]) {
      const ran = await run(kedge, 'create', ...flags);
      expect(ran.code, `${when}: ${ran.err}`).toBe(10);
      expect(ran.err).toMatch(
        new RegExp(
          `not enough space in "${app.store}": room for one more file needed, 0 of ${files} files \\(\\d+\\.\\d MiB\\) free`,
        ),
      );
    }
    await expectUntouched(kedge, app, older);
  },
);

diskTest('an upload to a destination without room for a file is refused so', async () => {
  using folder = tempFolder();
  const { app, older } = await backedUp(folder.path);
  const [name = ''] = older.keys();
  const sent = join(folder.path, 'sent.tar.zst');
  cpSync(join(app.store, name), sent);
  await using kedge = await startKedgeOnDisks(app.home, [{ folder: app.store, files: 4 }]);
  const ran = await run(kedge, 'upload', sent);
  expect(ran.code, ran.err).toBe(10);
  expect(ran.err).toContain(`not enough space in "${app.store}": room for one more file needed`);
  await expectUntouched(kedge, app, older);
});

diskTest(
  'a scratch folder without room for a database fails its verify, not the backup',
  async () => {
    using folder = tempFolder();
    const { app, older } = await backedUp(folder.path);
    const scratch = join(app.home, 'state', 'scratch');
    mkdirSync(scratch, { recursive: true });
    await using kedge = await startKedgeOnDisks(app.home, [{ folder: scratch, sizeBytes: 65_536 }]);
    const [name = ''] = older.keys();
    const ran = await run(kedge, 'verify', join(app.store, name));
    expect(ran.code, ran.err).toBe(10);
    expect(ran.err).toMatch(new RegExp(`not enough space in "${scratch}/\\d+": 4\\d\\d\\.\\d KiB`));
    expect(readdirSync(kedge.inside(scratch))).toEqual([]);
    const list = await run(kedge, 'list', '--json');
    expect(list.out).not.toContain('"damaged"');
  },
);

diskTest(
  'a full state folder stops no Kedge: it says so, and goes on when there is room',
  async () => {
    using folder = tempFolder();
    const { app, older } = await backedUp(folder.path);
    const state = join(app.home, 'state');
    await using kedge = await startKedgeOnDisks(app.home, [
      { folder: state, sizeBytes: 6 * mebibyte },
    ]);
    const filler = join(kedge.inside(state), 'filler');
    for (const argv of [['create'], ['create', '--differential'], ['verify', 'latest']]) {
      using _full = keptFull(filler);
      const ran = await run(kedge, ...argv);
      expect(ran.code, ran.err).toBe(10);
      expect(ran.err).toMatch(
        new RegExp(`not enough space in "${state}(/locks)?": more needed, \\d.* free`),
      );
    }
    const status = await kedgeAt(kedge.socket, ['status']);
    expect(status.out).toMatch(/! there is hardly any room for Kedge's own records: \S+ \S+ free/);
    expect(namesIn(app.store)).toEqual([...older.keys()].toSorted());

    rmSync(filler);
    const next = await run(kedge, 'create', '--differential');
    expect(next.code, next.err).toBe(0);
    expect(await kedge.stop()).toBe(0);
    expect(kedge.output()).not.toContain('Error');
  },
);

/** A daemon at work gives some room back now and then, and a job needs hardly any. */
function keptFull(path: string): Disposable {
  fill(path);
  const filling = setInterval(fill, 5, path);
  return { [Symbol.dispose]: () => clearInterval(filling) };
}

function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096, 'x'), { flag: 'a' });
  } catch (error) {
    expect(String(error)).toContain('ENOSPC');
  }
  expect(readFileSync(path).length).toBeGreaterThan(0);
}
