import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join, onPaths, setAttribute, TreeBuilder } from './tree-builder.ts';

const MiB = 1024 * 1024;
const isRoot = process.getuid?.() === 0;

/**
 * Fills an empty folder with more than 2,000 entries of all that a file system allows and archives get wrong:
 * names, depths, sizes, holes, links, pipes, owners, modes, times, extended attributes, ACLs.
 */
export function makeOddTree(root: string, seed: number): void {
  const tree = new TreeBuilder(root, seed);
  names(tree);
  boundaries(tree);
  depths(tree);
  sizes(tree);
  holes(tree);
  crowd(tree);
  links(tree);
  pipes(tree);
  ownersAndModes(tree);
  attributes(tree);
  specialBits(tree);
  times(tree);
}

const oddNames: readonly (string | Buffer)[] = [
  'new\nline',
  '\nfirst',
  'last\n',
  'cr\rname',
  "it's",
  'say "hi"',
  'back\\slash',
  '\\n',
  'trailing\\',
  '-rf',
  '--help',
  ' lead',
  'trail ',
  'tab\tname',
  '*',
  '[a-z]?',
  '$HOME `id` $(id)',
  '#comment',
  '# file: x',
  'a=b%c',
  '~',
  '...',
  '.hidden',
  'dot.',
  'bell\u0007 escape\u001b[31m',
  'Grüße',
  'Gru\u0308ße',
  'پرونده',
  '文件',
  '😀',
  'x'.repeat(255),
  'ü'.repeat(127),
  Buffer.from([0xff]),
  Buffer.from([0x80, 0x81, 0x2e, 0xfe]),
  Buffer.from([0xc3]),
  Buffer.concat([Buffer.alloc(140, 0x79), Buffer.from([0xe4, 0xf6, 0xfc])]),
  Buffer.concat([Buffer.from('new\nline and '), Buffer.from([0xe4])]),
  Buffer.from([0xed, 0xa0, 0x80]),
];

function names(tree: TreeBuilder): void {
  for (const name of oddNames) tree.file(join('names', name), tree.bytes(40));
  for (const name of oddNames) tree.folder(join('folders', name));
  for (const name of oddNames) tree.file(join('folders', name, name), tree.bytes(20));
  for (const name of oddNames) tree.symlink(join('links', name), join('..', 'names', name));
}

/** Where ustar's fields of 100 and 155 bytes, and pax, take over. */
function boundaries(tree: TreeBuilder): void {
  for (let length = 80; length <= 104; length++) {
    tree.file(join('length', 'n'.repeat(length)), tree.bytes(3));
    tree.folder(join('length', `${'f'.repeat(length)}d`));
    tree.symlink(join('length', `link${length}`), Buffer.alloc(length, 't'));
  }
  for (let length = 140; length <= 160; length++) {
    tree.file(join('p'.repeat(length), 'q'.repeat(99)), tree.bytes(3));
  }
  for (const length of [254, 255]) tree.file(join('length', 'm'.repeat(length)), Buffer.alloc(0));
  tree.symlink(join('length', 'long link'), Buffer.from('../'.repeat(1300)));
}

function depths(tree: TreeBuilder): void {
  let path: Buffer = Buffer.from('deep');
  for (let depth = 0; depth < 40; depth++) {
    path = join(path, `level ${depth} ${'d'.repeat(40)}`);
    tree.file(join(path, 'file'), tree.bytes(depth));
  }
  let wide: Buffer = Buffer.from('deeper');
  for (let depth = 0; depth < 120; depth++) wide = join(wide, 'd');
  tree.file(join(wide, 'end'), tree.bytes(9));
}

function sizes(tree: TreeBuilder): void {
  for (const size of [0, 1, 511, 512, 513, 1023, 1024, 1025, 4095, 4096, 4097, 65_536]) {
    tree.file(join('sizes', `${size}`), tree.bytes(size));
  }
  for (const size of [MiB - 513, MiB - 512, MiB - 1, MiB, MiB + 1, 2 * MiB, 3 * MiB + 7]) {
    tree.file(join('sizes', `${size}`), tree.bytes(size));
  }
  tree.file(join('sizes', 'zeros'), Buffer.alloc(2 * MiB));
  tree.file(join('sizes', 'few zeros'), Buffer.alloc(100_000));
}

function holes(tree: TreeBuilder): void {
  const size = 10 * MiB;
  for (const place of [0, 1, 4096, 5 * MiB + 3, size - 1, size - 4096]) {
    tree.sparse(join('holes', `${place}`), size, [place]);
  }
  tree.sparse(join('holes', 'all'), size, []);
  tree.sparse(join('holes', 'many'), size, [1, 70_000, MiB, 2 * MiB - 1, 9 * MiB]);
  tree.sparse(join('holes', 'small'), 200_000, [100_000]);
  tree.sparse(join('holes', 'tiny'), 5000, []);
}

/** The rest of the 2,000. */
function crowd(tree: TreeBuilder): void {
  for (let number = 0; number < 1600; number++) {
    const folder = `crowd/${number % 17}/${number % 5}`;
    tree.file(Buffer.from(`${folder}/scan ${number}.txt`), tree.bytes(tree.random(900)));
  }
  for (let number = 0; number < 30; number++) tree.folder(Buffer.from(`empty/${number}`));
}

function links(tree: TreeBuilder): void {
  for (let group = 0; group < 40; group++) {
    const first = tree.any(tree.files);
    for (let other = tree.random(4) + 1; other > 0; other--) {
      const path = tree.path(Buffer.from(`hard/${group}/${other}`));
      fs.linkSync(first, path);
      tree.others.push(path);
    }
  }
  // Before and after the file they lead to, in the order of the walk.
  fs.linkSync(tree.at('names/new\nline'), tree.path(Buffer.from('aaa hard')));
  fs.linkSync(tree.at('holes/many'), tree.path(Buffer.from('zzz hard')));
  for (const target of ['nowhere', '/etc/passwd', '.', '..', 'loop', '/', 'a//b/./c', ' ']) {
    tree.symlink(Buffer.from(`dangling/to ${target.replaceAll('/', '_')}`), Buffer.from(target));
  }
  tree.symlink(Buffer.from('dangling/loop'), Buffer.from('loop'));
  tree.symlink(Buffer.from('dangling/raw'), Buffer.from([0x2e, 0x2f, 0xff, 0x0a]));
  const twice = tree.path(Buffer.from('hard/symlink'));
  fs.linkSync(tree.at('dangling/loop'), twice);
  tree.others.push(twice);
}

function pipes(tree: TreeBuilder): void {
  const names = ['fifo', 'new\nfifo', Buffer.from([0xff, 0xfe]), '-p'];
  const paths = names.map((name) => tree.path(join('pipes', name)));
  onPaths(paths, 'mkfifo', '--');
  tree.others.push(...paths);
  fs.linkSync(tree.at('pipes/fifo'), tree.path(Buffer.from('hard/fifo')));
}

function ownersAndModes(tree: TreeBuilder): void {
  const owners = [0, 1, 1000, 65_534, 2_097_151, 2_097_152, 4_000_000_000];
  const owner = () => owners[tree.random(owners.length)] ?? 0;
  const all = [...tree.files, ...tree.folders, ...tree.others];
  if (isRoot) for (const path of all) fs.lchownSync(path, owner(), owner());
  const fileModes = [0o600, 0o644, 0o664, 0o755, 0o444, 0o400, 0o666, 0o1644];
  const folderModes = [0o700, 0o755, 0o775, 0o2775, 0o1777, 0o3770];
  for (const path of tree.files) fs.chmodSync(path, tree.any(fileModes));
  for (const path of tree.folders) fs.chmodSync(path, tree.any(folderModes));
  if (!isRoot) return;
  fs.chmodSync(tree.at('sizes/513'), 0);
  fs.chmodSync(tree.at('empty/3'), 0);
  fs.chmodSync(tree.at('pipes/fifo'), 0o622);
}

function attributes(tree: TreeBuilder): void {
  const some = (of: readonly Buffer[], share: number) =>
    of.filter((path) => tree.random(share) === 0 && mayWrite(path));
  const both = [...tree.files, ...tree.folders];
  setAttribute(some(both, 9), 'user.origin', Buffer.from('scanner 3'));
  setAttribute(some(both, 11), 'user.empty', Buffer.alloc(0));
  setAttribute(some(both, 13), 'user.binary', Buffer.from([0, 1, 10, 13, 34, 61, 92, 255]));
  setAttribute(some(tree.files, 40), 'user.large', tree.bytes(3000));
  setAttribute(some(both, 17), 'user.a=b %3D\\\n\r"c', Buffer.from('=\n'));
  setAttribute(some(both, 17), 'user.نام', Buffer.from('نام'));
  const named = oddNames.map((name) => tree.at(join('names', name)));
  setAttribute(named.filter(mayWrite), 'user.named', Buffer.from([0]));
  onPaths(some(tree.files, 15), 'setfacl', '-m', 'u:daemon:rw,g:4242:r,m::rw', '--');
  onPaths(some(tree.files, 25), 'setfacl', '-m', 'u:4000000000:rwx', '--');
  onPaths(some(tree.folders, 4), 'setfacl', '-m', 'd:u:daemon:rwx,d:g:1:r-x', '--');
  onPaths(some(tree.folders, 5), 'setfacl', '-m', 'u:1:rwx,d:o::---', '--');
  if (!isRoot) return;
  const links = tree.others.filter((path) => fs.lstatSync(path).isSymbolicLink());
  setAttribute(links, 'trusted.link', Buffer.from([7, 0]));
  setAttribute([tree.at('pipes/fifo'), tree.at('sizes/0')], 'trusted.odd', Buffer.from('t'));
}

function specialBits(tree: TreeBuilder): void {
  fs.chmodSync(tree.at('sizes/1'), 0o4755);
  fs.chmodSync(tree.at('sizes/512'), 0o2755);
}

function times(tree: TreeBuilder): void {
  const all = [...tree.files, ...tree.others, ...tree.folders].toReversed();
  for (const path of all) {
    const seconds = tree.random(2_000_000_000) - (tree.random(6) === 0 ? 2_000_000_000 : 0);
    const time = `${seconds}.${String(tree.random(1e9)).padStart(9, '0')}`;
    fs.lutimesSync(path, time, time);
  }
  const exact = [
    ['sizes/0', '-0.000000001'],
    ['sizes/511', '-1.5'],
    ['sizes/1023', '0'],
    ['sizes/1024', '1700000000.123456789'],
    ['sizes/1025', '1700000000.999999999'],
    ['sizes/4095', '-2147483648.000000001'],
    ['sizes/4096', '9000000000.123456789'],
    ['sizes/4097', '14000000000.999999999'],
  ] as const;
  for (const [path, time] of exact) {
    execFileSync('touch', ['-h', '-d', `@${time}`, '--', tree.at(path).toString()]);
  }
  fs.lutimesSync(tree.root, 1_234_567_890.5, 1_234_567_890.5);
}

function mayWrite(path: Buffer): boolean {
  return isRoot || (fs.lstatSync(path).mode & 0o200) !== 0;
}
