import { hash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { partialCopyId } from '../../../agent/backup/copies/copy-archive.ts';
import type { CopyItem, MadeCopy } from '../../../agent/backup/copies/copy-order.ts';
import { runCopy } from '../../../agent/backup/copies/run-copy.ts';
import { takeBackup } from '../../../agent/backup/run-backup.ts';
import { partialName } from '../../../agent/stores/local/partials.ts';
import { initStore } from '../../../agent/stores/stores.ts';
import type { CopyResult } from '../../../protocol/domain/copy.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { makeSmallClinic, noServices } from '../small-clinic.ts';

const installation = 'installation-1';

/** A full and its differential, and a drive that they are to be copied to. */
async function chainAndDrive(drive: object = {}) {
  const clinic = await makeSmallClinic();
  const far = join(clinic.folder, 'usb');
  const usb = { kind: 'local', path: far, ...drive } as const;
  await initStore('usb', usb);
  const config = { ...clinic.config, stores: { ...clinic.config.stores, usb } };
  const full = (await takeBackup(clinic.order, config, recordedWork(), noServices)).backup;
  writeFileSync(join(clinic.uploads, 'letter.txt'), 'Dear patient');
  const differential = { base: { id: full.id, path: full.path } };
  const next = { ...clinic.order, backupId: 'backup-2', differential };
  const later = (await takeBackup(next, config, recordedWork(), noServices)).backup;
  const items = [full, later].map(({ id, kind, base, path: from, sizeBytes }): CopyItem => {
    return { backup: id, kind, ...(base === undefined ? {} : { base }), from, sizeBytes };
  });
  const listed: MadeCopy[] = [];
  const gone: string[] = [];
  const run = async ({
    move = false,
    work = recordedWork(),
    chosen = items,
  } = {}): Promise<CopyResult> =>
    await runCopy(
      { kind: 'copy', items: chosen, to: { kind: 'store', store: 'usb' }, move },
      installation,
      config,
      {
        copied: async (made) => void listed.push(made),
        async letGo(_id, near) {
          gone.push(basename(near));
          rmSync(near);
          return undefined;
        },
      },
      work,
    );
  const names = () => readdirSync(far).filter((name) => name !== '.kedge-store.json');
  return { clinic, far, items, listed, gone, run, names, full, later };
}

const outcomes = ({ backups }: CopyResult) => backups.map(({ outcome }) => outcome);
const sum = (path: string) => hash('sha256', readFileSync(path));

test('a moved full goes from the near end after its differential, each listed and verified before', async () => {
  const { run, listed, gone, full, later } = await chainAndDrive();
  expect(outcomes(await run({ move: true }))).toEqual(['moved', 'moved']);
  expect(listed.map(({ backup, proof }) => [backup, proof.proof?.kind, proof.integrity])).toEqual([
    [full.id, 'verified', 'ok'],
    [later.id, 'verified', 'ok'],
  ]);
  expect(gone).toEqual([basename(later.path), basename(full.path)]);
});

test.each([
  ['torn in the middle', (bytes: Buffer) => bytes.fill(0, 4096, 8192)],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['longer than it may be', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
])('what is there of an earlier try and %s is put right by its content', async (_how, harm) => {
  const { run, far, items, names } = await chainAndDrive();
  const [full] = items;
  if (full === undefined) throw new Error('no full');
  const partial = join(far, partialName(partialCopyId(installation, full.backup)));
  writeFileSync(partial, harm(readFileSync(full.from)));
  const { ino } = statSync(partial);
  expect(outcomes(await run({ chosen: [full] }))).toEqual(['copied']);
  const path = join(far, basename(full.from));
  expect([names(), statSync(path).ino, sum(path)]).toEqual([
    [basename(full.from)],
    ino,
    sum(full.from),
  ]);
});

test('a cancelled copy leaves what it has under its hidden name, and nothing that is listed', async () => {
  const { run, items, names } = await chainAndDrive();
  const work = recordedWork((step) => {
    if (step === 'verify') work.cancel();
  });
  await expect(run({ work })).rejects.toThrow();
  expect(work.logged.at(-1)).toContain('the same command goes on');
  expect(names()).toEqual([partialName(partialCopyId(installation, items[0]?.backup ?? ''))]);
  expect(outcomes(await run())).toEqual(['copied', 'copied']);
});

test('a damaged archive is left out with all that needs it, and a job that copied nothing fails by its name', async () => {
  const { run, full, items, names, gone } = await chainAndDrive();
  const bytes = readFileSync(full.path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(full.path, bytes);
  await expect(run({ move: true, chosen: items.slice(0, 1) })).rejects.toMatchObject({
    failure: { code: 'archive-damaged', params: { path: full.path } },
  });
  const work = recordedWork();
  await expect(run({ move: true, work })).rejects.toThrow();
  expect(work.logged.filter((line) => line.includes('was left out'))).toHaveLength(2);
  expect([names(), gone]).toEqual([[], []]);
});

test('the same job again, with what it knew then, copies nothing twice and says what is gone', async () => {
  const { run, names, full, later } = await chainAndDrive();
  await run();
  expect(outcomes(await run())).toEqual(['already there', 'already there']);
  await run({ move: true });
  await expect(run({ move: true })).rejects.toThrow(/not there any more/);
  expect(names()).toEqual([basename(full.path), basename(later.path)].toSorted());
});

test('what would be moved into its own folder by another way to it is refused, and stays', async () => {
  const { run, far, items, names, gone, clinic } = await chainAndDrive();
  await run();
  const link = join(clinic.folder, 'link');
  symlinkSync(far, link);
  const chosen = items.map((item) => ({ ...item, from: join(link, basename(item.from)) }));
  await expect(run({ move: true, chosen })).rejects.toMatchObject({
    failure: { code: 'unavailable' },
  });
  expect([names().length, gone]).toEqual([2, []]);
});

test('another file of that name at the far end is not overwritten', async () => {
  const { run, far, names, full } = await chainAndDrive();
  writeFileSync(join(far, basename(full.path)), 'another one');
  await run();
  expect(readFileSync(join(far, basename(full.path)), 'utf8')).toBe('another one');
  expect(names()).toContain(basename(full.path).replace('.tar.zst', '-2.tar.zst'));
});

test('files that are too large for the drive, or more than it has room for, are named before anything is written', async () => {
  const { run, names, full } = await chainAndDrive({ maxFileBytes: 1000 });
  await expect(run()).rejects.toMatchObject({
    failure: { code: 'file-too-large', params: { what: `"${basename(full.path)}"` } },
  });
  const roomy = await chainAndDrive();
  const chosen = roomy.items.map((item) => ({ ...item, sizeBytes: 1e18 }));
  await expect(roomy.run({ chosen })).rejects.toMatchObject({ failure: { code: 'no-space' } });
  expect([names(), roomy.names()]).toEqual([[], []]);
});
