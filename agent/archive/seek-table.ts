import { FrameTable } from './frame-table.ts';
import { frameContentLimit, frameSizeLimit } from './zstd-frame.ts';

/**
 * Seek table of the zstd seekable format: skippable frame 0x184D2A5E with, per frame, compressed size,
 * content size and checksum (u32 LE each), then a footer: number of frames (u32 LE), descriptor, magic.
 * Source: zstd contrib/seekable_format 0.1.0.
 */
const skippableMagic = 0x184d2a5e;
const footerMagic = 0x8f92eab1;
/** Bit 7: entries have checksums. */
const descriptor = 0x80;
const headerSize = 8;
const entrySize = 12;
export const footerSize = 9;
/** Bounds a reader's memory; about 4 TiB of content. */
export const frameCountLimit = 4 << 20;
/** XXH64 of nothing, low half: the checksum of an entry without content: locator and delta frames. */
export const emptyChecksum = 0x51d8e999;

/** The table of all frames and of a skippable frame of `locatorSize` bytes that follows them. */
export function encodeSeekTable(frames: FrameTable, locatorSize: number): Buffer {
  const count = frames.length + 1;
  const table = Buffer.alloc(seekTableSize(count));
  table.writeUInt32LE(skippableMagic, 0);
  table.writeUInt32LE(table.length - headerSize, 4);
  for (let frame = 0; frame < frames.length; frame++) {
    const { size, contentSize, checksum } = frames.at(frame);
    writeEntry(table, frame, size, contentSize, checksum);
  }
  writeEntry(table, frames.length, locatorSize, 0, emptyChecksum);
  const footer = headerSize + count * entrySize;
  table.writeUInt32LE(count, footer);
  table.writeUInt8(descriptor, footer + 4);
  table.writeUInt32LE(footerMagic, footer + 5);
  return table;
}

function writeEntry(table: Buffer, entry: number, ...fields: readonly number[]): void {
  const at = headerSize + entry * entrySize;
  fields.forEach((field, nth) => {
    table.writeUInt32LE(field, at + nth * 4);
  });
}

/** Size of the whole table from the file's last nine bytes; undefined: no table that we would write. */
export function seekTableSizeIn(footer: Buffer): number | undefined {
  const count = footer.readUInt32LE(0);
  const ours =
    footer.readUInt32LE(5) === footerMagic && footer.readUInt8(4) === descriptor && count > 0;
  return ours && count <= frameCountLimit + 1 ? seekTableSize(count) : undefined;
}

function seekTableSize(count: number): number {
  return headerSize + count * entrySize + footerSize;
}

/** The frames of a table, and the size of the locator that its last entry stands for. */
export function decodeSeekTable(
  table: Buffer,
): { readonly frames: FrameTable; readonly locatorSize: number } | { readonly problem: string } {
  const count = (table.length - headerSize - footerSize) / entrySize;
  if (
    table.readUInt32LE(0) !== skippableMagic ||
    table.readUInt32LE(4) !== table.length - headerSize
  ) {
    return { problem: 'its seek table does not begin where it should' };
  }
  const field = (entry: number, nth: number): number =>
    table.readUInt32LE(headerSize + entry * entrySize + nth * 4);
  const frames = new FrameTable(count);
  for (let entry = 0; entry < count - 1; entry++) {
    const size = field(entry, 0);
    const contentSize = field(entry, 1);
    if (size === 0 || size > frameSizeLimit || contentSize > frameContentLimit) {
      return { problem: `its seek table gives frame ${entry} a size that no frame has` };
    }
    const checksum = field(entry, 2);
    if (contentSize === 0 && checksum !== emptyChecksum) {
      return { problem: `its seek table gives frame ${entry} a checksum without content` };
    }
    frames.append(size, contentSize, checksum);
  }
  if (field(count - 1, 1) !== 0 || field(count - 1, 2) !== emptyChecksum) {
    return { problem: 'its seek table does not end with the locator' };
  }
  return { frames, locatorSize: field(count - 1, 0) };
}
