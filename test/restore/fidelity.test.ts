import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { compareTree } from '../../agent/sources/files/compare.ts';
import { signal } from '../support/archives.ts';
import { backUpFolder, restoreFolder } from '../support/back-up-folder.ts';
import { makeOddTree } from '../support/odd-tree.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { testWith } from '../support/require-tool.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { differences, treeFacts } from '../support/tree-facts.ts';

const test = testWith('tar', 'zstd', 'getfattr', 'setfattr', 'getfacl', 'setfacl');

/** GNU tar does not keep it either. */
const linkedPipe = ['"/pipes/fifo": sameAs: /hard/fifo, /pipes/fifo'];
const posix = ['--format=posix', '-S', '--xattrs', '--acls'];
const unpack = ['--warning=no-timestamp', '--xattrs', '--xattrs-include=*', '--acls', '-p'];

describe('a tree of more than 2,000 odd entries', () => {
  const home = tempFolder();
  const at = (name: string) => join(home.path, name);

  beforeAll(async () => {
    mkdirSync(at('live'));
    makeOddTree(at('live'), 20_261_122);
    copyWithTar(at('live'), at('by tar'));
    return () => home[Symbol.dispose]();
  }, 180_000);

  test('comes back as GNU tar brings it back, but for set-user-ID and set-group-ID files', async () => {
    const { gaps, notes } = await backUpFolder(at('live'), at('a.tar.zst'));
    const lost = await restoreFolder(at('a.tar.zst'), at('restored'));
    const live = treeFacts(at('live'));
    expect(live.size).toBeGreaterThan(2000);
    expect({ gaps, notes, lost }).toEqual({
      gaps: [],
      notes: [],
      lost: [
        '"uploads/sizes/1" and 1 more came back without the set-user-ID or set-group-ID bit: no restore brings it',
      ],
    });
    expect(differences(live, treeFacts(at('by tar')))).toEqual(linkedPipe);
    expect(differences(live, treeFacts(at('restored')))).toEqual([
      ...linkedPipe,
      '"/sizes/1": mode: 4755, 755',
      '"/sizes/512": mode: 2755, 755',
    ]);
  }, 120_000);

  test('and is then not changed in the eyes of the next plan', async () => {
    await using reader = await openFileReader(at('a.tar.zst'));
    const { members, content } = await openArchive(reader);
    const archived = { name: 'uploads', gaps: [], members, content };
    const live = at('restored');
    const { files } = await compareTree(
      { source: 'uploads', live, leaveOut: [], archived },
      recordedWork().signal,
    );
    expect(files).toMatchObject({ newer: 0, changed: 0, deleted: 0 });
  });

  test('passes verify, and comes out of the archive by GNU tar, but for holes', async () => {
    await using reader = await openFileReader(at('a.tar.zst'));
    await verifyArchive(reader, signal, () => undefined);
    mkdirSync(at('out'));
    execFileSync('tar', ['--zstd', ...unpack, '-xf', at('a.tar.zst'), '-C', at('out'), 'uploads']);
    const found = differences(treeFacts(at('live')), treeFacts(at('out/uploads')));
    expect(found.filter((line) => !line.endsWith(': holes: true, false'))).toEqual(linkedPipe);
  }, 120_000);
});

function copyWithTar(from: string, to: string): void {
  mkdirSync(to);
  const packed = `${to}.tar`;
  execFileSync('tar', [...posix, '-cf', packed, '-C', from, '.']);
  execFileSync('tar', [...unpack, '-xf', packed, '-C', to]);
}
