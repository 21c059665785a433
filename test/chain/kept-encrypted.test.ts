import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openArchiveFile } from '../../agent/archive/open-archive-file.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import type { Keys } from '../../agent/os/work.ts';
import { recoveryKey, samplePassphrase, serverKey } from '../support/age-files.ts';
import { codeOf, signal } from '../support/archives.ts';
import { testWith } from '../support/require-tool.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

async function contentsOf(path: string, keys: Keys): Promise<ReadonlyMap<string, string>> {
  await using file = await openArchiveFile(path, keys);
  await using chain = await openChain(file, findBaseIn(path, [], keys));
  const found = new Map<string, string>();
  for await (const member of chain.members()) {
    if (member.kind !== 'file') continue;
    const parts: Buffer[] = [];
    for await (const part of chain.content(member, signal)) parts.push(Buffer.from(part));
    found.set(member.name.toString('latin1'), Buffer.concat(parts).toString('latin1'));
  }
  return found;
}

describe.each(['v1', 'v2'])('of format %s', (version) => {
  /** Made once by `node test/support/make-encrypted-sample.ts FOLDER`; never made again. */
  const kept = join(import.meta.dirname, '../archives', version);
  const keyFile = join(kept, 'test-only-recovery-key.txt');

  /** Copied away from the others: their full must be found among the encrypted ones. */
  function samples(): { full: string; diff: string } {
    const folder = temporaryFolder();
    for (const name of ['encrypted-base.tar.zst.age', 'encrypted-diff.tar.zst.age'])
      copyFileSync(join(kept, name), join(folder, name));
    return {
      full: join(folder, 'encrypted-base.tar.zst.age'),
      diff: join(folder, 'encrypted-diff.tar.zst.age'),
    };
  }

  test.each([
    ['the key of the server', { identities: [serverKey.secret] }],
    ['the recovery key', { identities: [recoveryKey.secret] }],
  ])('the encrypted full and differential that were kept open with %s', async (_, keys) => {
    const { full, diff } = samples();
    const plain = { identities: [] };
    expect(await contentsOf(full, keys)).toEqual(
      await contentsOf(join(kept, 'base.tar.zst'), plain),
    );
    expect(await contentsOf(diff, keys)).toEqual(
      await contentsOf(join(kept, 'diff.tar.zst'), plain),
    );
  });

  test('the full that was kept with a passphrase opens with that, and is sound', async () => {
    const path = join(kept, 'passphrase-full.tar.zst.age');
    const keys = { identities: [], passphrase: samplePassphrase };
    await using file = await openArchiveFile(path, keys);
    const { members } = await verifyArchive(file, signal, () => undefined);
    expect(members).toBe(14);
  });

  test('without the key of its full a differential names what is missing', async () => {
    const { full, diff } = samples();
    copyFileSync(join(kept, 'passphrase-full.tar.zst.age'), full);
    const opened = contentsOf(diff, { identities: [recoveryKey.secret] });
    const failure = await opened.catch((error: unknown) => error);
    expect(codeOf(failure)).toBe('base-missing');
    expect(String(failure)).toContain(`closed here, such as "${full}"`);
  });

  const testAge = testWith('age', 'zstd');

  testAge('age and tar open what was kept', () => {
    const folder = join(temporaryFolder(), 'out');
    mkdirSync(folder);
    const command = 'age -d -i "$1" "$2" | tar --zstd -x && sha256sum --quiet -c .kedge/SHA256SUMS';
    const { full } = samples();
    execFileSync('sh', ['-ec', command, 'sh', keyFile, full], { cwd: folder });
    expect(readFileSync(join(folder, 'uploads/same.txt'), 'utf8')).toBe('stays as it is');
  });
});
