import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { runSalvage } from '../../../agent/restore/salvage/run-salvage.ts';
import type { SalvageResult } from '../../../protocol/domain/salvage.ts';
import { codeOf, writeArchive } from '../../support/archives.ts';
import { damagedMembers, noise } from '../../support/damaged-archives.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { tempFolder, temporaryFolder } from '../../support/temp-folder.ts';

let archive: Buffer = Buffer.alloc(0);
beforeAll(async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'a.tar.zst');
  await writeArchive(path, damagedMembers());
  archive = readFileSync(path);
});

async function salvage(): Promise<SalvageResult> {
  const path = join(temporaryFolder(), 'a.tar.zst');
  writeFileSync(path, archive);
  return await runSalvage({ path, folder: join(temporaryFolder(), 'saved') }, [], recordedWork());
}

test('a file without anything of ours is refused, and leaves no folder', async () => {
  const path = join(temporaryFolder(), 'noise');
  const folder = join(temporaryFolder(), 'saved');
  for (const bytes of [noise(1, 500_000), Buffer.alloc(0), Buffer.from('hello')]) {
    writeFileSync(path, bytes);
    const code = await runSalvage({ path, folder }, [], recordedWork()).then(() => 'done', codeOf);
    expect(code).toBe('nothing-salvaged');
    expect(existsSync(folder)).toBe(false);
  }
});

test('a folder with something in it is refused and stays as it is', async () => {
  const path = join(temporaryFolder(), 'a.tar.zst');
  writeFileSync(path, archive);
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mine'), 'mine');
  const code = await runSalvage({ path, folder }, [], recordedWork()).then(() => 'done', codeOf);
  expect(code).toBe('folder-not-empty');
  expect(readdirSync(folder)).toEqual(['mine']);
});

test('where owners can not be set, as on a stick, all comes back and it is said', async () => {
  setFaultHook(({ name }) => {
    const refused = new Error('EPERM: operation not permitted, lchown');
    if (name === 'metadata') throw Object.assign(refused, { code: 'EPERM', syscall: 'lchown' });
  });
  try {
    const result = await salvage();
    expect(readdirSync(join(result.folder, 'files')).length).toBe(84);
    expect(result).toMatchObject({ members: 85, lost: [] });
    const said = expect.stringMatching(/^8\d came back without owner, mode or time/);
    expect(result.notes).toEqual([said]);
  } finally {
    setFaultHook(undefined);
  }
});

test('a full disk ends it by name', async () => {
  let writes = 0;
  setFaultHook(({ name }) => {
    writes += name === 'write' ? 1 : 0;
    if (writes > 20) throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
  });
  try {
    await expect(salvage()).rejects.toMatchObject({ failure: { code: 'no-space' } });
  } finally {
    setFaultHook(undefined);
  }
});

test('a cancel ends it', async () => {
  const path = join(temporaryFolder(), 'a.tar.zst');
  writeFileSync(path, archive.subarray(0, -100));
  const work = recordedWork((step) => {
    if (step === 'salvage') work.cancel();
  });
  const order = { path, folder: join(temporaryFolder(), 'saved') };
  await expect(runSalvage(order, [], work)).rejects.toThrow('aborted');
});
