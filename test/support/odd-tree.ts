import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';

/** Repeatable: the same seed makes the same tree. */
type Random = (below: number) => number;

const MiB = 1024 * 1024;
const isRoot = process.getuid?.() === 0;

/**
 * Fills an empty folder with more than 2,000 entries of all that a file system allows and archives get wrong:
 * names, depths, sizes, holes, links, pipes, owners, modes, times, extended attributes, ACLs.
 */
export function makeOddTree(root: string, seed: number): void {
  const random = randomOf(seed);
  const tree = new OddTree(root, random);
  tree.names();
  tree.boundaries();
  tree.depths();
  tree.sizes();
  tree.holes();
  tree.crowd();
  tree.links();
  tree.pipes();
  tree.ownersAndModes();
  tree.attributes();
  tree.specialBits();
  tree.times();
}

function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
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

class OddTree {
  readonly #root: string;
  readonly #random: Random;
  readonly #files: Buffer[] = [];
  readonly #folders: Buffer[] = [];
  readonly #others: Buffer[] = [];

  constructor(root: string, random: Random) {
    this.#root = root;
    this.#random = random;
  }

  names(): void {
    for (const name of oddNames) this.#file(join('names', name), this.#bytes(40));
    for (const name of oddNames) this.#folder(join('folders', name));
    for (const name of oddNames) this.#file(join('folders', name, name), this.#bytes(20));
    for (const name of oddNames) this.#symlink(join('links', name), join('..', 'names', name));
  }

  /** Where ustar's fields of 100 and 155 bytes, and pax, take over. */
  boundaries(): void {
    for (let length = 80; length <= 104; length++) {
      this.#file(join('length', 'n'.repeat(length)), this.#bytes(3));
      this.#folder(join('length', `${'f'.repeat(length)}d`));
      this.#symlink(join('length', `link${length}`), Buffer.alloc(length, 't'));
    }
    for (let length = 140; length <= 160; length++) {
      this.#file(join('p'.repeat(length), 'q'.repeat(99)), this.#bytes(3));
    }
    for (const length of [254, 255])
      this.#file(join('length', 'm'.repeat(length)), Buffer.alloc(0));
    this.#symlink(join('length', 'long link'), Buffer.from('../'.repeat(1300)));
  }

  depths(): void {
    let path: Buffer = Buffer.from('deep');
    for (let depth = 0; depth < 40; depth++) {
      path = join(path, `level ${depth} ${'d'.repeat(40)}`);
      this.#file(join(path, 'file'), this.#bytes(depth));
    }
    let wide: Buffer = Buffer.from('deeper');
    for (let depth = 0; depth < 120; depth++) wide = join(wide, 'd');
    this.#file(join(wide, 'end'), this.#bytes(9));
  }

  sizes(): void {
    for (const size of [0, 1, 511, 512, 513, 1023, 1024, 1025, 4095, 4096, 4097, 65_536]) {
      this.#file(join('sizes', `${size}`), this.#bytes(size));
    }
    for (const size of [MiB - 513, MiB - 512, MiB - 1, MiB, MiB + 1, 2 * MiB, 3 * MiB + 7]) {
      this.#file(join('sizes', `${size}`), this.#bytes(size));
    }
    this.#file(join('sizes', 'zeros'), Buffer.alloc(2 * MiB));
    this.#file(join('sizes', 'few zeros'), Buffer.alloc(100_000));
  }

  holes(): void {
    const size = 10 * MiB;
    for (const place of [0, 1, 4096, 5 * MiB + 3, size - 1, size - 4096]) {
      this.#sparse(join('holes', `${place}`), size, [place]);
    }
    this.#sparse(join('holes', 'all'), size, []);
    this.#sparse(join('holes', 'many'), size, [1, 70_000, MiB, 2 * MiB - 1, 9 * MiB]);
    this.#sparse(join('holes', 'small'), 200_000, [100_000]);
    this.#sparse(join('holes', 'tiny'), 5000, []);
  }

  /** The rest of the 2,000. */
  crowd(): void {
    for (let number = 0; number < 1600; number++) {
      const folder = `crowd/${number % 17}/${number % 5}`;
      this.#file(Buffer.from(`${folder}/scan ${number}.txt`), this.#bytes(this.#random(900)));
    }
    for (let number = 0; number < 30; number++) this.#folder(Buffer.from(`empty/${number}`));
  }

  links(): void {
    for (let group = 0; group < 40; group++) {
      const first = this.#any(this.#files);
      for (let other = this.#random(4) + 1; other > 0; other--) {
        const path = this.#path(Buffer.from(`hard/${group}/${other}`));
        fs.linkSync(first, path);
        this.#others.push(path);
      }
    }
    // Before and after the file they lead to, in the order of the walk.
    fs.linkSync(this.#at('names/new\nline'), this.#path(Buffer.from('aaa hard')));
    fs.linkSync(this.#at('holes/many'), this.#path(Buffer.from('zzz hard')));
    for (const target of ['nowhere', '/etc/passwd', '.', '..', 'loop', '/', 'a//b/./c', ' ']) {
      this.#symlink(Buffer.from(`dangling/to ${target.replaceAll('/', '_')}`), Buffer.from(target));
    }
    this.#symlink(Buffer.from('dangling/loop'), Buffer.from('loop'));
    this.#symlink(Buffer.from('dangling/raw'), Buffer.from([0x2e, 0x2f, 0xff, 0x0a]));
    const twice = this.#path(Buffer.from('hard/symlink'));
    fs.linkSync(this.#at('dangling/loop'), twice);
    this.#others.push(twice);
  }

  pipes(): void {
    const names = ['fifo', 'new\nfifo', Buffer.from([0xff, 0xfe]), '-p'];
    const paths = names.map((name) => this.#path(join('pipes', name)));
    onPaths(paths, 'mkfifo', '--');
    this.#others.push(...paths);
    fs.linkSync(this.#at('pipes/fifo'), this.#path(Buffer.from('hard/fifo')));
  }

  ownersAndModes(): void {
    const owners = [0, 1, 1000, 65_534, 2_097_151, 2_097_152, 4_000_000_000];
    const owner = () => owners[this.#random(owners.length)] ?? 0;
    const all = [...this.#files, ...this.#folders, ...this.#others];
    if (isRoot) for (const path of all) fs.lchownSync(path, owner(), owner());
    const fileModes = [0o600, 0o644, 0o664, 0o755, 0o444, 0o400, 0o666, 0o1644];
    const folderModes = [0o700, 0o755, 0o775, 0o2775, 0o1777, 0o3770];
    for (const path of this.#files) fs.chmodSync(path, this.#any(fileModes));
    for (const path of this.#folders) fs.chmodSync(path, this.#any(folderModes));
    if (!isRoot) return;
    fs.chmodSync(this.#at('sizes/513'), 0);
    fs.chmodSync(this.#at('empty/3'), 0);
    fs.chmodSync(this.#at('pipes/fifo'), 0o622);
  }

  attributes(): void {
    const some = (of: readonly Buffer[], share: number) =>
      of.filter((path) => this.#random(share) === 0 && mayWrite(path));
    const both = [...this.#files, ...this.#folders];
    setAttribute(some(both, 9), 'user.origin', Buffer.from('scanner 3'));
    setAttribute(some(both, 11), 'user.empty', Buffer.alloc(0));
    setAttribute(some(both, 13), 'user.binary', Buffer.from([0, 1, 10, 13, 34, 61, 92, 255]));
    setAttribute(some(this.#files, 40), 'user.large', this.#bytes(3000));
    setAttribute(some(both, 17), 'user.a=b %3D\\\n\r"c', Buffer.from('=\n'));
    setAttribute(some(both, 17), 'user.نام', Buffer.from('نام'));
    const named = oddNames.map((name) => this.#at(join('names', name)));
    setAttribute(named.filter(mayWrite), 'user.named', Buffer.from([0]));
    onPaths(some(this.#files, 15), 'setfacl', '-m', 'u:daemon:rw,g:4242:r,m::rw', '--');
    onPaths(some(this.#files, 25), 'setfacl', '-m', 'u:4000000000:rwx', '--');
    onPaths(some(this.#folders, 4), 'setfacl', '-m', 'd:u:daemon:rwx,d:g:1:r-x', '--');
    onPaths(some(this.#folders, 5), 'setfacl', '-m', 'u:1:rwx,d:o::---', '--');
    if (!isRoot) return;
    const links = this.#others.filter((path) => fs.lstatSync(path).isSymbolicLink());
    setAttribute(links, 'trusted.link', Buffer.from([7, 0]));
    setAttribute([this.#at('pipes/fifo'), this.#at('sizes/0')], 'trusted.odd', Buffer.from('t'));
  }

  specialBits(): void {
    fs.chmodSync(this.#at('sizes/1'), 0o4755);
    fs.chmodSync(this.#at('sizes/512'), 0o2755);
  }

  times(): void {
    const all = [...this.#files, ...this.#others, ...this.#folders].toReversed();
    for (const path of all) {
      const seconds = this.#random(2_000_000_000) - (this.#random(6) === 0 ? 2_000_000_000 : 0);
      const time = `${seconds}.${String(this.#random(1e9)).padStart(9, '0')}`;
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
      execFileSync('touch', ['-h', '-d', `@${time}`, '--', this.#at(path).toString()]);
    }
    fs.lutimesSync(this.#root, 1_234_567_890.5, 1_234_567_890.5);
  }

  #any<T>(of: readonly T[]): T {
    const found = of[this.#random(of.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }

  #bytes(size: number): Buffer {
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size; at += 7) bytes[at] = this.#random(256);
    return bytes;
  }

  #at(relative: string | Buffer): Buffer {
    return join(this.#root, relative);
  }

  /** With its folders made. */
  #path(relative: Buffer): Buffer {
    const parent = relative.lastIndexOf('/');
    if (parent > 0) this.#folder(relative.subarray(0, parent));
    return this.#at(relative);
  }

  #folder(relative: Buffer): void {
    const path = this.#path(relative);
    if (fs.existsSync(path)) return;
    fs.mkdirSync(path);
    this.#folders.push(path);
  }

  #file(relative: Buffer, content: Buffer): void {
    const path = this.#path(relative);
    fs.writeFileSync(path, content);
    this.#files.push(path);
  }

  #symlink(relative: Buffer, target: Buffer): void {
    const path = this.#path(relative);
    fs.symlinkSync(target, path);
    this.#others.push(path);
  }

  #sparse(relative: Buffer, size: number, places: readonly number[]): void {
    const path = this.#path(relative);
    const file = fs.openSync(path, 'wx');
    fs.ftruncateSync(file, size);
    for (const place of places) fs.writeSync(file, 'x', place);
    fs.closeSync(file);
    this.#files.push(path);
  }
}

function mayWrite(path: Buffer): boolean {
  return isRoot || (fs.lstatSync(path).mode & 0o200) !== 0;
}

function join(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part, at) => [...(at > 0 ? [Buffer.from('/')] : []), Buffer.from(part)]),
  );
}

/** Names of files go through xargs: arguments of Node can't hold what is not UTF-8. */
function onPaths(paths: readonly Buffer[], ...argv: readonly string[]): void {
  const input = Buffer.concat(paths.flatMap((path) => [path, Buffer.alloc(1)]));
  execFileSync('xargs', ['-0', '-r', ...argv], { input, stdio: ['pipe', 'pipe', 'inherit'] });
}

function setAttribute(paths: readonly Buffer[], name: string, value: Buffer): void {
  onPaths(paths, 'setfattr', '-h', '-n', name, '-v', `0x${value.toString('hex')}`, '--');
}
