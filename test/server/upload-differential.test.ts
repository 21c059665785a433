import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { initStore } from '../../agent/stores/stores.ts';
import { openSession, type RunningKedge, startKedge } from '../support/kedge.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { tempFolder, temporaryFolder } from '../support/temp-folder.ts';
import {
  flipByte,
  kedgeAt,
  listed,
  namesIn,
  sha256Of,
  takeVerified,
} from '../support/transfer-fixture.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = tempFolder();
/** Archives of another installation. */
let full: string;
let differential: string;

beforeAll(async () => {
  const other = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(other.home);
  using session = await openSession(kedge.socket);
  full = (await takeVerified(session)).path;
  writeFileSync(join(other.uploads, 'later.txt'), 'came later');
  const ran = await kedgeAt(kedge.socket, ['backup', 'create', '--differential', '--json']);
  expect(ran.code, ran.err).toBe(0);
  const name = namesIn(other.store).find((one) => one.endsWith('_diff.tar.zst')) ?? '';
  differential = join(other.store, name);
}, 60_000);

afterAll(() => folder[Symbol.dispose]());

interface Here extends AsyncDisposable {
  readonly app: SmallApplication;
  readonly kedge: RunningKedge;
}

/** A Kedge that knows nothing of the archives, with two destinations. */
async function startHere(): Promise<Here> {
  const at = temporaryFolder();
  const stores = {
    local: { kind: 'local', path: join(at, 'backups') },
    usb: { kind: 'local', path: join(at, 'usb') },
  } as const;
  mkdirSync(stores.usb.path);
  await initStore('usb', stores.usb);
  const app = await makeSmallApplication(at, { stores });
  const kedge = await startKedge(app.home);
  return { app, kedge, [Symbol.asyncDispose]: async () => void (await kedge.stop()) };
}

async function proofs(socket: string): Promise<readonly string[]> {
  const backups = await listed(socket);
  return backups
    .map(({ kind, proof, integrity }) => `${kind} ${proof.kind} ${integrity}`)
    .toSorted();
}

test('a differential that comes before its full is kept, not restored, and verified once the full is there', async () => {
  await using here = await startHere();
  const { socket } = here.kedge;
  const ran = await kedgeAt(socket, ['backup', 'upload', differential]);
  expect(ran.code, ran.err).toBe(0);
  const needs = `needs the full "${basename(full)}"`;
  expect(ran.out).toContain(`Note  it can't be restored yet: it ${needs}, and it is in none`);
  expect(await proofs(socket)).toEqual(['differential sealed pending']);
  expect(sha256Of(join(here.app.store, basename(differential)))).toBe(sha256Of(differential));
  const status = await kedgeAt(socket, ['status']);
  expect(status.out).toContain(`its full "${basename(full)}" is not there`);
  const before = readFileSync(here.app.database);
  const planned = await kedgeAt(socket, ['restore', 'plan', 'latest']);
  expect(planned.code).toBe(8);
  expect(planned.err).toContain(needs);
  expect(readFileSync(here.app.database).equals(before)).toBe(true);

  const second = await kedgeAt(socket, ['backup', 'upload', full]);
  expect(second.code, second.err).toBe(0);
  await expect
    .poll(async () => await proofs(socket), { timeout: 60_000 })
    .toEqual(['differential verified ok', 'full verified ok']);
  expect((await kedgeAt(socket, ['status'])).out).not.toContain('is not there');
  const to = join(temporaryFolder(), 'out');
  const path = join(here.app.store, basename(differential));
  const extracted = await kedgeAt(socket, [
    ...['backup', 'extract', path, 'uploads/later.txt', '--to', to],
  ]);
  expect(extracted.code, extracted.err).toBe(0);
  expect(readFileSync(join(to, 'later.txt'), 'utf8')).toBe('came later');
});

test('a differential whose full lies in another destination is verified at once', async () => {
  await using here = await startHere();
  const { socket } = here.kedge;
  for (const argv of [[full], [differential, '--to', 'usb']]) {
    const ran = await kedgeAt(socket, ['backup', 'upload', ...argv]);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).not.toContain('Note');
  }
  expect(await proofs(socket)).toEqual(['differential verified ok', 'full verified ok']);
});

test('a damaged differential is refused and removed also where its full is not there', async () => {
  await using here = await startHere();
  const damaged = join(temporaryFolder(), 'damaged.tar.zst');
  copyFileSync(differential, damaged);
  flipByte(damaged);
  const ran = await kedgeAt(here.kedge.socket, ['backup', 'upload', damaged]);
  expect(ran.code).toBe(8);
  expect(ran.err).toContain('"damaged.tar.zst" is damaged: ');
  expect(await listed(here.kedge.socket)).toEqual([]);
  expect(namesIn(here.app.store)).toEqual([]);
});
