import { hash } from 'node:crypto';

/** SHA-256 of a page, cut to this many bytes. */
export const pageHashSize = 16;
/** Smaller database files are stored whole in differentials, so their pages need no hashes. */
export const pagesFrom = 1 << 20;

/** Hashes of the pages of a block that begins at a page; the last page may be short. */
export function hashPages(block: Buffer, pageSize: number): Buffer {
  const pages = Math.ceil(block.length / pageSize);
  const hashes = Buffer.allocUnsafe(pages * pageHashSize);
  for (let page = 0; page < pages; page++) {
    putPageHash(block.subarray(page * pageSize, (page + 1) * pageSize), hashes, page);
  }
  return hashes;
}

/** Puts the hash of a page in its place among those of others. */
export function putPageHash(bytes: Buffer, hashes: Buffer, page: number): void {
  // A string is cheap for the collector where a buffer is not, and there are 256 pages to a MiB.
  hashes.write(hash('sha256', bytes, 'binary'), page * pageHashSize, pageHashSize, 'latin1');
}

/** Whether blocks of `blockSize` are made of whole pages of this size. */
export function isPageSize(pageSize: number, blockSize: number): boolean {
  return Number.isInteger(pageSize) && pageSize >= 512 && blockSize % pageSize === 0;
}
