import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { initStore } from '../../agent/stores/stores.ts';
import { isFinished } from '../../protocol/domain/job.ts';
import { backupExtract, backupVerify } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { undoList } from '../../protocol/methods/restore.ts';
import {
  changeAll,
  findBackup,
  growDatabase,
  leftovers,
  type Moment,
  refusalOf,
  restoreFrom,
  resultOf,
  stateOf,
  takeMoment,
} from '../support/chain-fixture.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { removeFolder, tempFolder } from '../support/temp-folder.ts';
import { flipByte } from '../support/transfer-fixture.ts';
import { until } from '../support/until.ts';
import '../support/memory-disk.ts';

/** Two chains: an older full with a differential, and the newest with two. */
const names = ['old full', 'old differential', 'full', 'differential 1', 'differential 2'] as const;
type Name = (typeof names)[number];

const folder = tempFolder();
const saved = `${folder.path}.saved`;
let app: SmallApplication;
let usb: string;
const moments = new Map<Name, Moment>();

beforeAll(async () => {
  usb = join(folder.path, 'usb');
  mkdirSync(usb);
  const stores = {
    local: { kind: 'local', path: join(folder.path, 'backups') },
    usb: { kind: 'local', path: usb },
  } as const;
  await initStore('usb', stores.usb);
  app = await makeSmallApplication(folder.path, { stores });
  growDatabase(app, 2);
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    for (const name of names) {
      const kind = name.includes('differential') ? 'differential' : 'full';
      changeAll(app, name.replace(' ', '-'));
      const moment = await takeMoment(session, app, kind);
      expect(moment.backup.kind).toBe(kind);
      moments.set(name, moment);
    }
  }
  changeAll(app, 'live');
  execFileSync('cp', ['-a', folder.path, saved]);
}, 300_000);

afterAll(() => {
  removeFolder(saved);
  folder[Symbol.dispose]();
});

/** All as it was before any test. */
function reset(): void {
  removeFolder(folder.path);
  execFileSync('cp', ['-a', saved, folder.path]);
}

function pathOf(name: Name): string {
  return moments.get(name)?.backup.path ?? '';
}

/** Verify, plan or restore, and extract are refused by the name of a file, and nothing is touched or left. */
async function expectRefused(session: Session, path: string, file: string): Promise<void> {
  const before = stateOf(app);
  const backup = { kind: 'path', path } as const;
  const out = join(folder.path, 'out');
  const requestId = randomUUID();
  const all = [
    [
      'verify',
      async () =>
        await resultOf(session, session.call(backupVerify, { requestId: randomUUID(), backup })),
    ],
    ['restore', async () => await restoreFrom(session, backup)],
    [
      'extract',
      async () =>
        await resultOf(
          session,
          session.call(backupExtract, { requestId, backup, paths: [], folder: out }),
        ),
    ],
  ] as const;
  for (const [what, act] of all) {
    const refusal = await refusalOf(act());
    expect(refusal, `${what} of ${path}`).toMatch(/^(base-missing|archive-damaged|io-failed): /);
    expect(refusal, `${what} of ${path}`).toContain(basename(file));
    expect(stateOf(app), what).toEqual(before);
    await idle(session);
    expect([leftovers(app), existsSync(out)], what).toEqual([[], false]);
  }
  expect((await session.call(undoList, {})).undos).toEqual([]);
}

/** A refusal has the archive verified, which has a folder of its own for as long as that takes. */
async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    60_000,
  );
}

/** Each gives back its own moment. */
async function expectRestored(session: Session, fine: readonly Name[], moved = new Map()) {
  // A fixed order that is not the order they were taken in.
  for (const name of fine.toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1))) {
    const path: string = moved.get(name) ?? pathOf(name);
    await restoreFrom(session, { kind: 'path', path });
    expect(stateOf(app), name).toEqual(moments.get(name)?.state);
  }
}

const away = (path: string): string => join(folder.path, `taken ${basename(path)}`);
const half = (path: string): void => truncateSync(path, statSync(path).size >> 1);

const harms = [
  ['deleted', (path: string) => rmSync(path)],
  ['taken away', (path: string) => renameSync(path, away(path))],
  ['renamed to what is no archive', (path: string) => renameSync(path, `${path}.bak`)],
  ['cut to its half', half],
  ['wrong in one bit', flipByte],
] as const;

const isThere = (how: string): boolean => how === 'cut to its half' || how === 'wrong in one bit';

test.each(harms)(
  'where a full is %s its differentials are refused by its name, all others restore, and the next is a full',
  async (how, harm) => {
    reset();
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    harm(pathOf('full'));
    for (const name of ['differential 1', 'differential 2'] as const)
      await expectRefused(session, pathOf(name), pathOf('full'));
    await expectRefused(session, pathOf('full'), pathOf('full'));

    // The refusals have it verified, which says so in the list.
    const id = moments.get('full')?.backup.id ?? '';
    await expect
      .poll(async () => (await findBackup(session, id))?.proof.kind, { timeout: 60_000 })
      .toBe(isThere(how) ? 'damaged' : undefined);
    const next = await takeMoment(session, app, 'differential');
    expect(next.backup.kind).toBe('full');
    expect(next.note).toMatch(/^a full was taken instead of a differential: the last full/);
    expect(next.note).toContain(basename(pathOf('full')));
    expect(next.note).toMatch(isThere(how) ? /is damaged$/ : /is not in "local" any more$/);

    await expectRestored(session, ['old full', 'old differential']);
    const after = await takeMoment(session, app, 'differential');
    expect(after.backup).toMatchObject({ kind: 'differential', base: next.backup.id });
  },
  300_000,
);

test.each(harms)(
  'where a differential is %s it is refused by its name, and all others restore',
  async (_how, harm) => {
    reset();
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    harm(pathOf('differential 1'));
    await expectRefused(session, pathOf('differential 1'), pathOf('differential 1'));
    const next = await takeMoment(session, app, 'differential');
    expect(next.backup).toMatchObject({
      kind: 'differential',
      base: moments.get('full')?.backup.id,
    });
    await expectRestored(session, ['old full', 'old differential', 'full', 'differential 2']);
  },
  300_000,
);

test.each([
  ['in its folder', () => join(dirname(pathOf('full')), 'another name.tar.zst')],
  ['into another destination', () => join(usb, 'another name.tar.zst')],
])(
  'a full that was renamed %s is found by what it is, and all restore',
  async (where, target) => {
    reset();
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    renameSync(pathOf('full'), target());
    const next = await takeMoment(session, app, 'differential');
    // Differentials are taken against a full of the same destination.
    if (where === 'in its folder') expect(next.backup.kind).toBe('differential');
    else expect(next.note).toContain(`"${basename(pathOf('full'))}", is not in "local" any more`);
    await expectRestored(session, names, new Map([['full', target()]]));
  },
  300_000,
);

test('a differential that was renamed restores under its new name', async () => {
  reset();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const renamed = join(dirname(pathOf('differential 1')), 'mine.tar.zst');
  renameSync(pathOf('differential 1'), renamed);
  const moved = new Map([['differential 1', renamed]]);
  await expectRestored(session, ['differential 1', 'differential 2'], moved);
}, 120_000);
