/** What decompressing leaves behind the content. */
const slack = 64;
/** Smaller ones may be part of Node's pool, and cost the collector nothing. */
const freedFrom = 32 * 1024;

/**
 * Gives the memory of a block back now: left to the collector, which is woken by every 64 MiB of them, blocks
 * cost a quarter of all processor time and 60 MiB. Whoever still looks at it sees no bytes. What is only a
 * part of some memory stays.
 */
export function freeBytes(bytes: Buffer): void {
  const { buffer } = bytes;
  const isWhole = bytes.byteOffset === 0 && buffer.byteLength - bytes.length <= slack;
  if (isWhole && bytes.length >= freedFrom && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
