import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { DiskImage, DiskNode, NodeId } from './disk-image.ts';

/**
 * Makes the folders hold exactly an image. All but the folders themselves is made anew, so inode numbers
 * differ: those that a journal of Kedge or a list of paths names are translated in it.
 */
export function writeImage(image: DiskImage): void {
  const made = new Map<NodeId, Buffer>();
  for (const [root, id] of image.roots) {
    saveFifos(root, `${root}.fifos`);
    emptyFolder(root);
    fillFolder(image, id, Buffer.from(root), made);
  }
  translateJournals(image, made);
}

/** A folder on which something is mounted stays, empty. */
function emptyFolder(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const path = join(folder, name);
    try {
      fs.rmSync(path, { recursive: true, force: true });
    } catch (error) {
      // Node gives no code here.
      if (!String(error).includes('busy')) throw error;
      emptyFolder(path);
    }
  }
}

function fillFolder(image: DiskImage, id: NodeId, path: Buffer, made: Map<NodeId, Buffer>): void {
  for (const [name, child] of image.folders.get(id) ?? []) {
    const at = Buffer.concat([path, Buffer.from('/'), Buffer.from(name, 'latin1')]);
    const node = image.nodes.get(child);
    if (node === undefined) throw new Error(`the image does not know what "${at}" is`);
    const first = made.get(child);
    if (first === undefined) makeNode(image, child, node, at, made);
    else fs.linkSync(first, at);
  }
}

function makeNode(
  image: DiskImage,
  id: NodeId,
  node: DiskNode,
  path: Buffer,
  made: Map<NodeId, Buffer>,
): void {
  made.set(id, path);
  const content = node.content ?? Buffer.alloc(0);
  if (node.kind === 'file') fs.writeFileSync(path, content);
  if (node.kind === 'symlink') fs.symlinkSync(content, path);
  if (node.kind === 'fifo') makeFifo(image, path);
  if (node.kind === 'folder') {
    fs.mkdirSync(path, { recursive: true });
    fillFolder(image, id, path, made);
  }
  if (process.geteuid?.() === 0) fs.lchownSync(path, node.uid, node.gid);
  if (node.kind !== 'symlink') fs.chmodSync(path, node.mode);
  // Aimed into the microsecond, as it is compared to the microsecond.
  const seconds = Number((node.mtimeNs / 1000n) * 1000n + 300n) / 1e9;
  fs.lutimesSync(path, seconds, seconds);
}

/** Making one takes a process, which takes longer than all else here: they are used again. */
function saveFifos(folder: string, stash: string): void {
  fs.mkdirSync(stash, { recursive: true });
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) saveFifos(path, stash);
    else if (entry.isFIFO()) fs.renameSync(path, join(stash, String(fs.readdirSync(stash).length)));
  }
}

function makeFifo({ roots }: DiskImage, path: Buffer): void {
  for (const root of roots.keys()) {
    if (!path.toString().startsWith(`${root}/`)) continue;
    const stash = `${root}.fifos`;
    if (fs.readdirSync(stash).length === 0) stockUp(stash);
    fs.renameSync(join(stash, String(fs.readdirSync(stash).length - 1)), path);
  }
}

/** Those that a flow removed are not used again. */
function stockUp(stash: string): void {
  const names = Array.from({ length: 50 }, (_, nth) => join(stash, String(nth)));
  execFileSync('mkfifo', names);
}

/** What is on the disk no more gets a number that nothing has. */
function translateJournals(image: DiskImage, made: ReadonlyMap<NodeId, Buffer>): void {
  const inodes = new Map<string, string>();
  for (const [id, path] of made) {
    const before = image.nodes.get(id)?.ino;
    if (before !== undefined) inodes.set(before, String(fs.lstatSync(path, { bigint: true }).ino));
  }
  for (const path of made.values()) {
    if (!path.toString().endsWith('.jsonl')) continue;
    const text = fs.readFileSync(path, 'utf8');
    const translated = text.replaceAll(
      /"(identity|old|come|inode)":"(\d+)"/g,
      (_, name: string, ino: string) => `"${name}":"${inodes.get(ino) ?? '0'}"`,
    );
    if (translated !== text) fs.writeFileSync(path, translated);
  }
}
