import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { openSession, type RunningKedge, startKedge } from '../support/kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { tempFolder, temporaryFolder } from '../support/temp-folder.ts';
import {
  expectResumed,
  flipByte,
  kedgeAt,
  lineCutThreeTimes,
  lineTo,
  makeApplicationToMove,
  mebibyte,
  namesIn,
  sha256Of,
  takeVerified,
} from '../support/transfer-fixture.ts';
import { until } from '../support/until.ts';

const folder = tempFolder();
let kedge: RunningKedge;
let backup: Backup;

beforeAll(async () => {
  const app = await makeApplicationToMove(folder.path);
  kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  backup = await takeVerified(session);
}, 120_000);

afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

/** What a download that was left begins under. */
const partName = (): string => `${basename(backup.path)}.${backup.id.slice(0, 8)}.part`;

test('a backup arrives whole, under its own name, with its SHA-256', async () => {
  const to = temporaryFolder();
  const ran = await kedgeAt(kedge.socket, ['backup', 'download', 'latest', '--to', to, '--json']);
  const path = join(to, basename(backup.path));
  expect(ran.code, ran.err).toBe(0);
  const { sha256, sizeBytes, id } = backup;
  expect(JSON.parse(ran.out)).toEqual({ path, sha256, sizeBytes, backup: id });
  expect(namesIn(to)).toEqual([basename(backup.path)]);
  expect(sha256Of(path)).toBe(sha256);
});

test('a download tells how far it is, with bytes, rate and the time left', async () => {
  const to = join(temporaryFolder(), 'mine.tar.zst');
  await using proxy = await lineTo(kedge, { delayMs: 2 });
  const ran = await kedgeAt(proxy.socket, ['backup', 'download', backup.id, '--to', to]);
  expect(ran.code, ran.err).toBe(0);
  expect(ran.err).toMatch(
    / \d+ % {2}\S+ MiB of 1\S+ MiB {2}\S+ MiB\/s {2}eta 0:\d\d {2}downloading/,
  );
  expect(ran.out).toContain(`Downloaded to ${to}.`);
  expect(sha256Of(to)).toBe(backup.sha256);
});

test('a download that is cut three times goes on where it was and arrives whole', async () => {
  const to = temporaryFolder();
  await using line = await lineCutThreeTimes(kedge);
  const ran = await kedgeAt(line.socket, ['backup', 'download', backup.id, '--to', to]);
  expect(ran.code, ran.err).toBe(0);
  expectResumed(line.carried, backup.sizeBytes);
  expect(namesIn(to)).toEqual([basename(backup.path)]);
  expect(sha256Of(join(to, basename(backup.path)))).toBe(backup.sha256);
});

test('a file that is there already is not overwritten', async () => {
  const to = temporaryFolder();
  const path = join(to, basename(backup.path));
  writeFileSync(path, 'mine');
  const ran = await kedgeAt(kedge.socket, ['backup', 'download', backup.id, '--to', to]);
  expect(ran.code).toBe(5);
  expect(ran.err).toContain(`"${path}" exists already`);
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(namesIn(to)).toEqual([basename(path)]);
});

test('a download that is cancelled keeps what has come, and the same command goes on from it', async () => {
  const to = temporaryFolder();
  const argv = ['backup', 'download', backup.id, '--to', to];
  const part = join(to, partName());
  {
    await using slow = await lineTo(kedge, { delayMs: 5 });
    const recorded = recordingTerminal();
    const running = kedgeAt(slow.socket, argv, recorded);
    await until(() => (statSync(part, { throwIfNoEntry: false })?.size ?? 0) > 2 * mebibyte);
    recorded.interrupt();
    const ran = await running;
    expect(ran.code).toBe(130);
    expect(ran.err).toContain(`What has arrived stays in ${part}`);
  }
  const have = statSync(part).size;
  await using proxy = await lineTo(kedge);
  expect((await kedgeAt(proxy.socket, argv)).code).toBe(0);
  expect(proxy.bytes()).toBeLessThan(backup.sizeBytes - have + mebibyte / 2);
  expect(namesIn(to)).toEqual([basename(backup.path)]);
  expect(sha256Of(join(to, basename(backup.path)))).toBe(backup.sha256);
});

test('a part that is not of this archive does not become one', async () => {
  const to = temporaryFolder();
  writeFileSync(join(to, partName()), Buffer.alloc(mebibyte, 'x'));
  const argv = ['backup', 'download', backup.id, '--to', to];
  const ran = await kedgeAt(kedge.socket, argv);
  expect(ran.code).toBe(8);
  expect(ran.err).toContain('is not what was backed up, and was removed');
  expect(namesIn(to)).toEqual([]);
  expect((await kedgeAt(kedge.socket, argv)).code).toBe(0);
});

test('an archive that has changed where it lies is not handed out as good', async () => {
  const to = temporaryFolder();
  const whole = readFileSync(backup.path);
  flipByte(backup.path);
  const ran = await kedgeAt(kedge.socket, ['backup', 'download', backup.id, '--to', to]);
  writeFileSync(backup.path, whole);
  expect(ran.code).toBe(8);
  expect(ran.err).toContain(`not ${backup.sha256}`);
  expect(ran.err).toContain(`kedge backup verify ${backup.id}`);
  expect(namesIn(to)).toEqual([]);
});

test('an archive that Kedge has not proven is hashed for its download, also when that was cut', async () => {
  const from = join(temporaryFolder(), 'from elsewhere.tar.zst');
  copyFileSync(backup.path, from);
  const to = join(temporaryFolder(), 'new', 'x.tar.zst');
  mkdirSync(join(to, '..'));
  await using proxy = await lineTo(kedge, { cutAfter: 2 * mebibyte });
  const ran = await kedgeAt(proxy.socket, ['backup', 'download', from, '--to', to]);
  expect(ran.code, ran.err).toBe(0);
  expect(proxy.connections()).toBe(2);
  expect(sha256Of(to)).toBe(backup.sha256);
});
