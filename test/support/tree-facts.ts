import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';

/** What a user can see of an entry; `undefined` where its kind has none. */
export interface Facts {
  readonly kind: string;
  readonly mode: string;
  readonly owner: string;
  readonly mtimeNs: bigint;
  readonly content?: string;
  readonly target?: string;
  /** Path of the first name of the same file. */
  readonly sameAs: string;
  readonly holes?: boolean;
  readonly attributes: string;
  readonly acl: string;
}

/** All below a folder and itself, by relative path as latin1; read by nothing of Kedge's own. */
export function treeFacts(root: string): ReadonlyMap<string, Facts> {
  const paths = new Map<string, Buffer>();
  list(Buffer.from(root), '', paths);
  const attributes = dumpOf(root, [...paths.values()], 'getfattr', '-hdm-', '-ehex');
  const withAcl = [...paths.values()].filter((path) => !fs.lstatSync(path).isSymbolicLink());
  const acls = dumpOf(root, withAcl, 'getfacl', '-nE');
  const inodes = new Map<string, string>();
  const facts = new Map<string, Facts>();
  for (const [relative, path] of paths) {
    const stat = fs.lstatSync(path, { bigint: true });
    const inode = String(stat.ino);
    if (!inodes.has(inode)) inodes.set(inode, relative);
    facts.set(relative, {
      ...factsOf(path, stat),
      sameAs: inodes.get(inode) ?? '',
      attributes: attributes.get(relative) ?? '',
      acl: acls.get(relative) ?? '',
    });
  }
  return facts;
}

/** What is other, a line each: "path: field: this, that". Times are the same to a microsecond. */
export function differences(
  these: ReadonlyMap<string, Facts>,
  those: ReadonlyMap<string, Facts>,
): readonly string[] {
  const found: string[] = [];
  for (const path of new Set([...these.keys(), ...those.keys()])) {
    const [a, b] = [these.get(path), those.get(path)];
    if (a === undefined || b === undefined) {
      found.push(`${JSON.stringify(path)}: ${a === undefined ? 'only there' : 'missing'}`);
      continue;
    }
    for (const key of Object.keys({ ...a, ...b })) {
      const [one, other] = [fieldOf(a, key), fieldOf(b, key)];
      if (!isSame(one, other)) found.push(`${JSON.stringify(path)}: ${key}: ${one}, ${other}`);
    }
  }
  return found;
}

function fieldOf(facts: Facts, key: string): unknown {
  return Object.entries(facts).find(([name]) => name === key)?.[1];
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'bigint' || typeof other !== 'bigint') return one === other;
  const apart = one > other ? one - other : other - one;
  return apart < 1000n;
}

function list(root: Buffer, relative: string, paths: Map<string, Buffer>): void {
  const path = Buffer.concat([root, Buffer.from(relative, 'latin1')]);
  paths.set(relative, path);
  if (!fs.lstatSync(path).isDirectory()) return;
  for (const name of fs.readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare)) {
    list(root, `${relative}/${name.toString('latin1')}`, paths);
  }
}

function factsOf(path: Buffer, stat: fs.BigIntStats) {
  const common = {
    kind: (stat.mode & 0o170000n).toString(8),
    mode: (stat.mode & 0o7777n).toString(8),
    owner: `${stat.uid}:${stat.gid}`,
    mtimeNs: stat.mtimeNs,
  };
  if (stat.isSymbolicLink()) return { ...common, target: fs.readlinkSync(path, 'latin1') };
  if (!stat.isFile()) return common;
  const sum = createHash('sha256').update(fs.readFileSync(path)).digest('hex');
  return { ...common, content: `${stat.size} ${sum}`, holes: stat.blocks * 512n < stat.size };
}

/** Parts of a dump by path. Both tools print a path escaped in octal in a heading, and a blank line at the end. */
function dumpOf(root: string, paths: readonly Buffer[], ...argv: readonly string[]) {
  const input = Buffer.concat(paths.flatMap((path) => [path, Buffer.alloc(1)]));
  const args = ['-0', '-r', ...argv, '--absolute-names', '--'];
  const dump = execFileSync('xargs', args, { input, encoding: 'latin1', maxBuffer: 1 << 28 });
  const parts = new Map<string, string>();
  for (const part of dump.split('\n\n')) {
    const [heading = '', ...lines] = part.split('\n');
    if (heading === '') continue;
    const path = heading
      .slice('# file: '.length)
      .replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
    // Owner and bits of the mode stand in comments of getfacl.
    const own = lines.filter((line) => !line.startsWith('#'));
    parts.set(path.slice(root.length), own.join('\n'));
  }
  return parts;
}
