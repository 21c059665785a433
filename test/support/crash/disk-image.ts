import { hash } from 'node:crypto';
import * as fs from 'node:fs';

/** One file, folder, symlink or fifo, whatever names it has. */
export interface DiskNode {
  readonly ino: string;
  readonly kind: 'file' | 'folder' | 'symlink' | 'fifo';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeNs: bigint;
  /** Of files and symlinks. */
  readonly content?: Buffer;
}

/** By inode and birth: an inode number is used again. */
export type NodeId = string;

/** Names in a folder, as latin1, so that any byte may stand in them. */
export type Names = ReadonlyMap<string, NodeId>;

/** What a few folders hold at one moment. */
export interface DiskImage {
  /** The folders themselves, which stay: by path. */
  readonly roots: ReadonlyMap<string, NodeId>;
  readonly folders: ReadonlyMap<NodeId, Names>;
  readonly nodes: ReadonlyMap<NodeId, DiskNode>;
}

/** Reads it; what did not change since `before` shares its memory. */
export function readImage(roots: readonly string[], before?: DiskImage): DiskImage {
  const folders = new Map<NodeId, Names>();
  const nodes = new Map<NodeId, DiskNode>();
  const visit = (path: Buffer): NodeId => {
    const stat = fs.lstatSync(path, { bigint: true });
    const id = `${stat.ino}:${stat.birthtimeNs}`;
    if (!nodes.has(id)) nodes.set(id, nodeOf(path, stat, before?.nodes.get(id)));
    if (stat.isDirectory()) {
      const names = fs.readdirSync(path, { encoding: 'buffer' });
      const below = names.map((name): [string, NodeId] => [
        name.toString('latin1'),
        visit(Buffer.concat([path, Buffer.from('/'), name])),
      ]);
      folders.set(id, new Map(below));
    }
    return id;
  };
  const found = roots.map((path): [string, NodeId] => [path, visit(Buffer.from(path))]);
  return { roots: new Map(found), folders, nodes };
}

function nodeOf(path: Buffer, stat: fs.BigIntStats, before: DiskNode | undefined): DiskNode {
  const { ino, mode, uid, gid, mtimeNs } = stat;
  const kind = kindOf(stat);
  const about = {
    ino: String(ino),
    kind,
    mode: Number(mode) & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    mtimeNs,
  };
  if (kind === 'symlink')
    return { ...about, content: fs.readlinkSync(path, { encoding: 'buffer' }) };
  if (kind !== 'file') return about;
  const content = fs.readFileSync(path);
  const known = before?.content;
  return { ...about, content: known?.equals(content) === true ? known : content };
}

function kindOf(stat: fs.BigIntStats): DiskNode['kind'] {
  if (stat.isDirectory()) return 'folder';
  if (stat.isSymbolicLink()) return 'symlink';
  return stat.isFile() ? 'file' : 'fifo';
}

/** The node at an absolute path, if it is in the image. */
export function idAt(image: DiskImage, path: string): NodeId | undefined {
  for (const [root, id] of image.roots) {
    if (path === root) return id;
    if (!path.startsWith(`${root}/`)) continue;
    const parts = Buffer.from(path.slice(root.length + 1))
      .toString('latin1')
      .split('/');
    return parts.reduce<NodeId | undefined>(
      (at, part) => (at === undefined ? undefined : image.folders.get(at)?.get(part)),
      id,
    );
  }
  return undefined;
}

const contentPrints = new WeakMap<Buffer, string>();

/** Two images of the same print are the same disk. */
export function printOf({ roots, folders, nodes }: DiskImage): string {
  const lines: string[] = [];
  const visit = (path: string, id: NodeId): void => {
    const node = nodes.get(id);
    if (node === undefined) return;
    const { ino, kind, mode, uid, gid, mtimeNs, content } = node;
    lines.push([path, ino, kind, mode, uid, gid, mtimeNs, contentPrintOf(content)].join('\0'));
    for (const [name, child] of folders.get(id) ?? []) visit(`${path}/${name}`, child);
  };
  for (const [root, id] of roots) visit(root, id);
  return hash('sha1', lines.sort().join('\n'));
}

function contentPrintOf(content: Buffer | undefined): string {
  if (content === undefined) return '';
  const print = contentPrints.get(content) ?? hash('sha1', content);
  contentPrints.set(content, print);
  return print;
}
