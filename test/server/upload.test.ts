import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { openSession, type RunningKedge, startKedge } from '../support/kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { tempFolder, temporaryFolder } from '../support/temp-folder.ts';
import {
  expectResumed,
  flipByte,
  kedgeAt,
  lineCutThreeTimes,
  lineTo,
  listed,
  makeApplicationToMove,
  mebibyte,
  namesIn,
  sha256Of,
  takeVerified,
} from '../support/transfer-fixture.ts';
import { until } from '../support/until.ts';

const folder = tempFolder();
/** An archive of another installation, and its record there. */
let archive: string;
let original: Backup;

beforeAll(async () => {
  const other = await makeApplicationToMove(folder.path);
  await using kedge = await startKedge(other.home);
  using session = await openSession(kedge.socket);
  original = await takeVerified(session, 'brought here');
  archive = original.path;
}, 120_000);

afterAll(() => folder[Symbol.dispose]());

interface Here extends AsyncDisposable {
  readonly app: SmallApplication;
  kedge: RunningKedge;
}

/** A Kedge that knows nothing of the archive. */
async function startHere(): Promise<Here> {
  const app = await makeSmallApplication(temporaryFolder());
  const kedge = await startKedge(app.home);
  const here: Here = {
    app,
    kedge,
    [Symbol.asyncDispose]: async () => void (await here.kedge.stop()),
  };
  return here;
}

function partialSize(store: string): number {
  const [name] = readdirSync(store).filter((one) => one.endsWith('.partial'));
  return name === undefined
    ? 0
    : (statSync(join(store, name), { throwIfNoEntry: false })?.size ?? 0);
}

test('an archive of another installation is verified, then listed with its host', async () => {
  await using here = await startHere();
  const ran = await kedgeAt(here.kedge.socket, ['backup', 'upload', archive]);
  expect(ran.code, ran.err).toBe(0);
  const path = join(here.app.store, basename(archive));
  expect(ran.out).toContain(`File         ${path}`);
  expect(ran.out).toMatch(/Proof +verified /);
  expect(ran.out).toContain(`Application  shop on ${original.host}`);
  const { id, installation, host, sha256, contentBytes } = original;
  expect(await listed(here.kedge.socket)).toMatchObject([
    {
      ...{ id, installation, host, sha256, contentBytes, path, store: 'local' },
      proof: { kind: 'verified' },
      integrity: 'ok',
    },
  ]);
  expect(namesIn(here.app.store)).toEqual([basename(archive)]);
  expect(sha256Of(path)).toBe(sha256);

  const again = await kedgeAt(here.kedge.socket, ['backup', 'upload', archive]);
  expect(again.code).toBe(5);
  expect(again.err).toContain(`which is listed already: "${path}"`);
  expect(namesIn(here.app.store)).toEqual([basename(archive)]);
});

test('an upload that is cut three times goes on where it was and arrives whole', async () => {
  await using here = await startHere();
  await using line = await lineCutThreeTimes(here.kedge);
  const ran = await kedgeAt(line.socket, ['backup', 'upload', archive, '--to', 'local']);
  expect(ran.code, ran.err).toBe(0);
  expectResumed(line.carried, original.sizeBytes);
  const [there] = await listed(here.kedge.socket);
  expect(there).toMatchObject({ proof: { kind: 'verified' }, sha256: original.sha256 });
  expect(sha256Of(there?.path ?? '')).toBe(original.sha256);
});

test('a damaged archive is refused, said what and where, not listed, and removed', async () => {
  await using here = await startHere();
  const damaged = join(temporaryFolder(), 'damaged.tar.zst');
  copyFileSync(archive, damaged);
  flipByte(damaged);
  const ran = await kedgeAt(here.kedge.socket, ['backup', 'upload', damaged]);
  expect(ran.code).toBe(8);
  expect(ran.err).toContain(
    `the uploaded "damaged.tar.zst" was refused and removed from "${here.app.store}": "damaged.tar.zst" is damaged: `,
  );
  expect(await listed(here.kedge.socket)).toEqual([]);
  expect(namesIn(here.app.store)).toEqual([]);
});

test('a file that is no archive is refused', async () => {
  await using here = await startHere();
  const ran = await kedgeAt(here.kedge.socket, ['backup', 'upload', here.app.database]);
  expect(ran.code).toBe(8);
  expect(ran.err).toContain('is not a Kedge archive');
  expect(namesIn(here.app.store)).toEqual([]);
});

test('a name that another backup has gets a number, and nothing is overwritten', async () => {
  await using here = await startHere();
  using session = await openSession(here.kedge.socket);
  const own = await takeVerified(session, 'brought here');
  const content = readFileSync(own.path);
  const ran = await kedgeAt(here.kedge.socket, ['backup', 'upload', archive]);
  expect(ran.code, ran.err).toBe(0);
  expect(namesIn(here.app.store)).toEqual(['brought here-2.tar.zst', 'brought here.tar.zst']);
  expect(readFileSync(own.path).equals(content)).toBe(true);
  expect((await listed(here.kedge.socket)).length).toBe(2);
});

test('an upload that is cancelled leaves nothing', async () => {
  await using here = await startHere();
  await using slow = await lineTo(here.kedge, { delayMs: 5 });
  const recorded = recordingTerminal();
  const running = kedgeAt(slow.socket, ['backup', 'upload', archive], recorded);
  await until(() => partialSize(here.app.store) > mebibyte);
  recorded.interrupt();
  const ran = await running;
  expect(ran.code).toBe(130);
  expect(namesIn(here.app.store)).toEqual([]);
});

test('an upload goes on after Kedge was killed in the middle of it', async () => {
  await using here = await startHere();
  await using slow = await lineTo(here.kedge, { delayMs: 5 });
  const running = kedgeAt(slow.socket, ['backup', 'upload', archive]);
  await until(() => partialSize(here.app.store) > 2 * mebibyte);
  await here.kedge.kill();
  const have = partialSize(here.app.store);
  const before = slow.bytes();
  here.kedge = await startKedge(here.app.home);
  const ran = await running;
  expect(ran.code, ran.err).toBe(0);
  expect(slow.bytes() - before).toBeLessThan(original.sizeBytes - have + mebibyte);
  expect(await listed(here.kedge.socket)).toMatchObject([{ sha256: original.sha256 }]);
});

test('an upload whose client died is found again by the same command', async () => {
  await using here = await startHere();
  const first = recordingTerminal();
  const lost = await (async () => {
    await using proxy = await lineTo(here.kedge, { delayMs: 5 });
    const running = kedgeAt(proxy.socket, ['backup', 'upload', archive], first);
    await until(() => partialSize(here.app.store) > 2 * mebibyte);
    return { running };
  })();
  // The line is gone for good: this one gives up, and can tell Kedge nothing.
  first.interrupt();
  expect((await lost.running).code).toBe(130);
  const have = partialSize(here.app.store);
  expect(have).toBeGreaterThan(2 * mebibyte);
  await using proxy = await lineTo(here.kedge);
  const ran = await kedgeAt(proxy.socket, ['backup', 'upload', archive]);
  expect(ran.code, ran.err).toBe(0);
  expect(proxy.bytes()).toBeLessThan(original.sizeBytes - have + mebibyte);
  expect(existsSync(join(here.app.store, basename(archive)))).toBe(true);
});
