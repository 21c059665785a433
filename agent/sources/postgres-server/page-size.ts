/** Size and layout of a page stand in it together, u16 LE: the size is a multiple of 256. Source: storage/bufpage.h. */
const sizeAt = 18;
/** Of all versions since 8.3. */
const layout = 4;

/** From how a file of tables or indexes begins; undefined: it does not look like one. */
export function pageSizeIn(start: Uint8Array): number | undefined {
  const size = (start[sizeAt + 1] ?? 0) << 8;
  if (start[sizeAt] !== layout || size < 1024 || size > 32_768) return undefined;
  return (size & (size - 1)) === 0 ? size : undefined;
}
