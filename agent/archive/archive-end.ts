import { hash } from 'node:crypto';
import { KedgeError } from '../../protocol/failures.ts';
import { formatVersion } from './archive-header.ts';
import { damaged, notOurs } from './damage.ts';
import type { FrameTable } from './frame-table.ts';
import {
  decodeLocator,
  isLocator,
  isLocatorSound,
  type Locator,
  locatorSize,
  locatorSizeLimit,
  locatorVersion,
} from './locator.ts';
import { ownFolder } from './member-name.ts';
import type { RangedReader } from './ranged-reader.ts';
import { decodeSeekTable, footerSize, seekTableSizeIn } from './seek-table.ts';
import { peekFirstFrame } from './zstd-frame.ts';

const zstdMagic = 0xfd2fb528;
const smallestLocator = 48;

/** Locator and frames of an archive, each checked by itself and against the other. */
export interface ArchiveEnd {
  readonly locator: Locator;
  /** All frames, also those of the tail. */
  readonly frames: FrameTable;
  /** Number of the tail's first frame. */
  readonly tailFrame: number;
}

/** Reads an archive from its last byte: seek table, then locator. */
export async function readEnd(reader: RangedReader): Promise<ArchiveEnd> {
  const seekTable = await readSeekTable(reader);
  if (seekTable === undefined) throw await explainLostEnd(reader);
  const table = decodeSeekTable(seekTable);
  if ('problem' in table) throw await explainLostEnd(reader);
  const bytes = await readLocator(reader, seekTable.length, table.locatorSize);
  if (bytes === undefined) throw await explainLostEnd(reader);
  const locator = soundLocator(reader, bytes);
  if (!hash('sha256', seekTable, 'buffer').equals(locator.seekTableSha256)) {
    throw damaged(reader, 'its seek table has changed');
  }
  const locatorOffset = reader.sizeBytes - seekTable.length - bytes.length;
  if (table.frames.end.offset !== locatorOffset) {
    throw damaged(reader, 'its frames do not reach from its first byte to its locator');
  }
  return { locator, frames: table.frames, tailFrame: findTail(reader, locator, table.frames) };
}

async function readSeekTable(reader: RangedReader): Promise<Buffer | undefined> {
  if (reader.sizeBytes < footerSize) return undefined;
  const size = seekTableSizeIn(await reader.read(reader.sizeBytes - footerSize, footerSize));
  if (size === undefined || size > reader.sizeBytes) return undefined;
  return await reader.read(reader.sizeBytes - size, size);
}

async function readLocator(
  reader: RangedReader,
  seekTableSize: number,
  size: number,
): Promise<Buffer | undefined> {
  const offset = reader.sizeBytes - seekTableSize - size;
  if (size < smallestLocator || size > locatorSizeLimit || offset < 0) return undefined;
  const bytes = await reader.read(offset, size);
  return isLocator(bytes) ? bytes : undefined;
}

function soundLocator(reader: RangedReader, bytes: Buffer): Locator {
  if (!isLocatorSound(bytes)) throw damaged(reader, 'its locator has changed');
  const found = locatorVersion(bytes);
  if (found > formatVersion) {
    throw new KedgeError('archive-newer', { path: reader.path, found, known: formatVersion });
  }
  const locator = bytes.length === locatorSize ? decodeLocator(bytes) : undefined;
  if (locator === undefined || found < 1 || locator.flags !== 0) {
    throw damaged(reader, 'its locator is not one of its version');
  }
  return locator;
}

/** The tail must be whole frames that end where the locator begins, and the index must lie inside it. */
function findTail(reader: RangedReader, locator: Locator, frames: FrameTable): number {
  let frame = frames.length;
  while (frame > 0 && frames.at(frame - 1).offset >= locator.tailOffset) frame -= 1;
  const first = frame < frames.length ? frames.at(frame) : undefined;
  const agrees =
    first !== undefined &&
    first.offset === locator.tailOffset &&
    first.tarOffset === locator.tailTarOffset &&
    first.tarOffset + first.contentSize === locator.indexTarOffset &&
    frames.end.offset === locator.tailOffset + locator.tailLength &&
    frames.end.tarOffset > locator.indexTarOffset + locator.indexLength &&
    frames.length - frame >= 3 &&
    frames.at(frames.length - 1).tarOffset === locator.indexTarOffset + locator.indexLength;
  if (!agrees) throw damaged(reader, 'its locator and its seek table do not agree');
  return frame;
}

/** Without an end: ours and cut, or never ours? The first frame tells. */
async function explainLostEnd(reader: RangedReader): Promise<KedgeError> {
  if (reader.sizeBytes === 0) return notOurs(reader, 'it is empty');
  const start = await reader.read(0, Math.min(reader.sizeBytes, 2 << 20));
  if (start.length < 4 || start.readUInt32LE(0) !== zstdMagic) {
    return notOurs(reader, 'it does not begin with zstd data');
  }
  const frame = await peekFirstFrame(start);
  // A small archive is one frame, which a cut leaves without content.
  if (frame === undefined || frame.length < ownFolder.length) {
    return damaged(reader, 'its end is missing and its start unreadable');
  }
  return isOurStart(frame)
    ? damaged(reader, 'its end is missing or has changed: it was cut off, or never finished')
    : notOurs(reader, 'it is zstd data of another program');
}

/** The README comes first; its pax header comes before it, as hardly any time is a whole second. */
function isOurStart(frame: Buffer): boolean {
  return [ownFolder, `PaxHeaders/${ownFolder}`].some(
    (start) => frame.toString('latin1', 0, start.length) === start,
  );
}
