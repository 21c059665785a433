import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aclText } from '../../../agent/os/attributes/acl-text.ts';
import { readAttributes } from '../../../agent/os/attributes/read-attributes.ts';
import { writeAttributes } from '../../../agent/os/attributes/write-attributes.ts';
import { readOwnerNames } from '../../../agent/os/owner-names.ts';
import { testWith } from '../../support/require-tool.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const toolTest = testWith('getfattr', 'setfattr', 'getfacl', 'setfacl');
const { signal } = new AbortController();

function makeFile(name: string): Buffer {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, '');
  return Buffer.from(path);
}

async function attributesOf(...paths: readonly Buffer[]) {
  const read = await readAttributes(paths, signal);
  if (typeof read === 'string') throw new Error(read);
  return paths.map((path) => read.attributes.get(path.toString('latin1')));
}

toolTest(
  'an ACL is worded as getfacl words it, users and groups by name where they have one',
  async () => {
    const path = makeFile('a');
    const acl = 'u:daemon:rw,u:4000000000:x,g:root:r,g:4242:-,m::rwx';
    execFileSync('setfacl', ['-m', acl, path.toString()]);
    const [found] = await attributesOf(path);
    const value = found?.find(({ name }) => name.toString() === 'system.posix_acl_access')?.value;
    const printed = execFileSync('getfacl', ['-cpE', path.toString()], { encoding: 'utf8' });
    expect(aclText(value ?? Buffer.alloc(0), readOwnerNames())).toBe(
      printed.trimEnd().concat('\n'),
    );
  },
);

test('an ACL of an unknown form has no words', () => {
  const owners = readOwnerNames();
  const forms = ['', '03000000', '0200000001', '0200000003000000ffffffff'];
  expect(forms.map((form) => aclText(Buffer.from(form, 'hex'), owners))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

toolTest('what one file refuses is named, and all else is set', async () => {
  const [good, other] = [makeFile('good'), makeFile('other')];
  const attribute = (name: string) => ({ name: Buffer.from(name), value: Buffer.from('v') });
  const gone = Buffer.from('/nowhere/at all');
  const refused = await writeAttributes(
    [
      { path: good, attributes: [attribute('user.a'), attribute('nonsense.b')] },
      { path: gone, attributes: [attribute('user.a')] },
      { path: other, attributes: [attribute('user.last')] },
    ],
    signal,
  );
  expect(refused).toEqual([
    { path: good, name: 'nonsense.b', reason: 'Operation not supported' },
    { path: gone, name: 'user.a', reason: 'No such file or directory' },
  ]);
  expect(await attributesOf(good, other)).toEqual([
    [attribute('user.a')],
    [attribute('user.last')],
  ]);
});

toolTest('many files with large attributes are read in parts', async () => {
  const large = Buffer.alloc(3000, 'large');
  const folder = temporaryFolder();
  const paths = Array.from({ length: 4500 }, (_, number) => Buffer.from(join(folder, `${number}`)));
  for (const path of paths) writeFileSync(path, '');
  const attributes = [{ name: Buffer.from('user.large'), value: large }];
  for (let from = 0; from < paths.length; from += 1000) {
    const some = paths.slice(from, from + 1000);
    expect(
      await writeAttributes(
        some.map((path) => ({ path, attributes })),
        signal,
      ),
    ).toEqual([]);
  }
  const found = await attributesOf(...paths);
  expect(found.filter((one) => one?.[0]?.value.equals(large)).length).toBe(4500);
});
