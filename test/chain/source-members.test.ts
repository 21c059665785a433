import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { NewMember } from '../../agent/archive/archive-writer.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { type Chain, openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import { SourceMembers } from '../../agent/chain/source-members.ts';
import { fileMember, writeArchive, writeDifferential } from '../support/archives.ts';
import { tempFolder } from '../support/temp-folder.ts';

function* uploads(count: number): Generator<NewMember> {
  for (let nth = 0; nth < count; nth += 1) yield fileMember(`uploads/${nth}.txt`, 'x');
}

/** Counts how often its index is read. */
function counted(chain: Chain) {
  const seen = { readings: 0 };
  const members = () => {
    seen.readings += 1;
    return chain.members();
  };
  return { seen, members: new SourceMembers({ header: chain.header, members }) };
}

async function namesOf(members: AsyncIterable<{ readonly name: Buffer }>): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of members) names.push(name.toString());
  return names;
}

const small = ['app/a', 'app-2/a', 'app/b/c'].map((name) => fileMember(name, name));

async function expectSmall(members: SourceMembers): Promise<void> {
  expect(await namesOf(members.of('app'))).toEqual(['app/a', 'app/b/c']);
  expect(await namesOf(members.of('app-2'))).toEqual(['app-2/a']);
  expect(await namesOf(members.of('nobody'))).toEqual([]);
}

test('the members of small sources come in their order from one reading of the index', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'full.kedge');
  await writeArchive(path, small);
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const { seen, members } = counted(chain);
  await expectSmall(members);
  await expectSmall(members);
  expect(seen.readings).toBe(1);
});

test('of a chain each comes as it stands in it', async () => {
  using folder = tempFolder();
  const [full, path] = [join(folder.path, 'full.kedge'), join(folder.path, 'later.kedge')];
  await writeArchive(full, small);
  await writeDifferential(path, full, [...small.slice(1), fileMember('app/a', 'another')]);
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const { members } = counted(chain);
  const sizes: [string, number][] = [];
  for await (const { name, sizeBytes } of members.of('app')) sizes.push([`${name}`, sizeBytes]);
  expect(sizes).toEqual([
    ['app/b/c', 7],
    ['app/a', 7],
  ]);
});

test('a source of very many is read again each time, the small ones beside it are not', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'full.kedge');
  await writeArchive(path, [...small, ...uploads(9_000)]);
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const { seen, members } = counted(chain);
  for (const readings of [2, 3]) {
    expect(await namesOf(members.of('uploads'))).toHaveLength(9_000);
    await expectSmall(members);
    expect(seen.readings).toBe(readings);
  }
});
