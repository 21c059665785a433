/** Bytes 16 and 17 of a database, big-endian; 1 stands for 65536. Source: sqlite.org/fileformat2.html 1.3.2. */
export function pageSizeIn(start: Uint8Array): number | undefined {
  const stored = ((start[16] ?? 0) << 8) | (start[17] ?? 0);
  const size = stored === 1 ? 65_536 : stored;
  return size >= 512 && (size & (size - 1)) === 0 ? size : undefined;
}
