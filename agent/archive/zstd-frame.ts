import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { KedgeError } from '../../protocol/failures.ts';

/** Readers refuse frames with more content than this; ours hold 1 MiB. */
export const frameContentLimit = 8 << 20;
/** No frame of `frameContentLimit` is longer: zstd grows by less than 1/256 and a few bytes. */
export const frameSizeLimit = frameContentLimit + (frameContentLimit >> 8) + 1024;

const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag, ZSTD_d_windowLogMax } = zlib.constants;
export const frameParams = { [ZSTD_c_compressionLevel]: 3, [ZSTD_c_checksumFlag]: 1 };

/** A frame may ask for 128 MiB of memory by itself; what holds at most 8 MiB needs no more than that. */
const readParams = { [ZSTD_d_windowLogMax]: 23 };

/**
 * What Node's streams append to a frame whose last byte fills their chunk of output: they ask zstd for more, and
 * get a frame of nothing.
 */
const emptyFrame = Buffer.from('28b52ffd240001000099e9d851', 'hex');

const compress = promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdCompress);
const decompress = promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);

/** Beside a dictionary a frame is mostly a hundredth of its content. */
const sharePerChunk = 8;
/** A smaller chunk would lie in Node's own pool. */
const chunkAtLeast = 32 << 10;

/** One frame by itself, with a dictionary where there is one. */
export async function compressFrame(content: Buffer, dictionary?: Buffer): Promise<Buffer> {
  // More than any frame of it takes: one that fills the chunk is followed by an empty one.
  const whole = content.length + 1024;
  if (dictionary === undefined) return await compressInChunks(content, whole);
  // Node keeps the chunk for the collector, which is woken by each few MiB of them.
  const small = Math.max(chunkAtLeast, Math.ceil(content.length / sharePerChunk));
  const frame = await compressInChunks(content, small, dictionary);
  return endsInEmptyFrame(frame) ? await compressInChunks(content, whole, dictionary) : frame;
}

async function compressInChunks(
  content: Buffer,
  chunkSize: number,
  dictionary?: Buffer,
): Promise<Buffer> {
  return await compress(content, {
    chunkSize,
    // Else it makes tables for any length, which takes longer than to fill them.
    pledgedSrcSize: content.length,
    params: frameParams,
    ...(dictionary && { dictionary }),
  });
}

export function endsInEmptyFrame(frame: Buffer): boolean {
  return frame.length > emptyFrame.length && frame.subarray(-emptyFrame.length).equals(emptyFrame);
}

/** Only of one that ends so. */
export function withoutEmptyFrame(frame: Buffer): Buffer {
  return frame.subarray(0, -emptyFrame.length);
}

/**
 * Content of exactly one frame; anything else in the slice is thrown, but for the empty frame that some have behind
 * them in archives of Kedge's first builds.
 */
export async function decompressFrame(
  frame: Buffer,
  contentSize: number,
  dictionary?: Buffer,
): Promise<Buffer> {
  try {
    return await decompressOne(frame, contentSize, dictionary);
  } catch (error) {
    if (!endsInEmptyFrame(frame)) throw error;
    return await decompressOne(withoutEmptyFrame(frame), contentSize, dictionary);
  }
}

/**
 * Content of exactly one frame. Left to itself Node returns the
 * first of several frames without an error (nodejs/node#64741); only a chunk larger than the content
 * makes it look at what follows.
 */
async function decompressOne(
  frame: Buffer,
  contentSize: number,
  dictionary: Buffer | undefined,
): Promise<Buffer> {
  // One chunk that holds all: the default of 16 KiB takes three times as long.
  const content = await decompress(frame, {
    chunkSize: contentSize + 64,
    maxOutputLength: contentSize,
    rejectGarbageAfterEnd: true,
    params: readParams,
    ...(dictionary && { dictionary }),
  });
  if (content.length !== contentSize) {
    throw new RangeError(`a frame of ${contentSize} bytes gave ${content.length}`);
  }
  return content;
}

/** Content of the first frame of some bytes, for a look at what they are; undefined: not one of ours, or cut. */
export async function peekFirstFrame(bytes: Buffer): Promise<Buffer | undefined> {
  return await decompress(bytes, {
    chunkSize: frameContentLimit + 64,
    maxOutputLength: frameContentLimit,
    params: readParams,
  }).catch(() => undefined);
}

/** Low 32 bits of XXH64 of the content: the last four bytes of a frame with a checksum. */
export function frameChecksum(frame: Uint8Array): number {
  return Buffer.from(frame.buffer, frame.byteOffset, frame.length).readUInt32LE(frame.length - 4);
}

let tested: Promise<void> | undefined;

/** Some Node releases accept cut frames silently: proves once a process that this one does not. */
export function assertZstdSound(): Promise<void> {
  tested ??= testZstd();
  return tested;
}

async function testZstd(): Promise<void> {
  const content = Buffer.alloc(70_000, 'kedge proves its tools ');
  const frame = zlib.zstdCompressSync(content, { params: frameParams });
  const flipped = Buffer.from(frame);
  flipped.writeUInt8(flipped.readUInt8(frame.length - 1) ^ 1, frame.length - 1);
  const refused = async (bytes: Buffer, size: number): Promise<boolean> =>
    await decompressFrame(bytes, size).then(
      () => false,
      () => true,
    );
  const sound =
    content.equals(await decompressFrame(frame, content.length)) &&
    (await refused(frame.subarray(0, frame.length - 5), content.length)) &&
    (await refused(flipped, content.length)) &&
    (await refused(frame, content.length - 1)) &&
    (await refused(Buffer.concat([frame, frame]), content.length));
  if (!sound) {
    throw new KedgeError('unavailable', {
      what: 'zstd',
      why: `node ${process.version} accepts damaged zstd data silently; use the pinned node`,
    });
  }
}
