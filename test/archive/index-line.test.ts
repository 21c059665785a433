import { expect, test } from 'vitest';
import { decodeMemberLine, encodeMemberLine } from '../../agent/archive/index-line.ts';
import { memberHeader } from '../support/archives.ts';

const sha256 = 'ab'.repeat(32);

const plain = {
  name: 'files/a',
  kind: 'file',
  size: 1,
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: '0',
  frame: 0,
  offset: 512,
  sha256,
};

const decode = (line: object) => decodeMemberLine(Buffer.from(JSON.stringify(line)));

test('a line comes back as it was written, large numbers and raw bytes included', () => {
  const member = {
    ...memberHeader(Buffer.from('files/\xff', 'latin1'), {
      kind: 'symlink',
      linkTarget: Buffer.from('../\xfe', 'latin1'),
      mtimeNs: -1n,
      ctimeNs: 9_999_999_999_999_999_999n,
      inode: 18_446_744_073_709_551_615n,
    }),
    firstFrame: 3,
    offset: 4096,
  };
  expect(decodeMemberLine(encodeMemberLine(member).subarray(0, -1))).toEqual(member);
});

test.each([
  ['an absolute name', { name: '/etc/passwd' }],
  ['a name that climbs', { name: 'files/../../x' }],
  ['a name that ends in ..', { name: 'files/..' }],
  ['a name with NUL', { name: 'files/a\0' }],
  ['an empty name', { name: '' }],
  ['a name with an empty part', { name: 'files//a' }],
  ['a climbing name in base64', { name: undefined, nameB64: 'Li4vYQ==' }],
  ['no name', { name: undefined }],
  ['a hard link out of the archive', { kind: 'hardlink', size: undefined, link: '../../x' }],
  ['a hard link without a target', { kind: 'hardlink', size: undefined }],
  ['a file with a link target', { link: 'x' }],
  ['a symlink with an empty target', { kind: 'symlink', size: undefined, link: '' }],
  ['a negative size', { size: -1 }],
  ['a size beyond whole numbers', { size: 2 ** 60 }],
  ['a file without a hash', { sha256: undefined }],
  ['a directory with content', { kind: 'directory' }],
  ['a device', { kind: 'device' }],
  ['a mode with more than permission bits', { mode: 0o100644 }],
])('a line with %s is refused', (_, change) => {
  expect(() => decode(plain)).not.toThrow();
  expect(() => decode({ ...plain, ...change })).toThrow();
});
