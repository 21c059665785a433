/**
 * Archives travel in the binary frames of the same WebSocket that carries the calls. One frame:
 *
 *     bytes 0..3   number of the stream, u32, little-endian
 *     bytes 4..11  offset of the first byte in the archive, u64, little-endian
 *     bytes 12..   1 to 262,144 bytes of the archive
 *
 * `transfer.open-download` and `transfer.open-upload` give out stream numbers. They hold for one connection
 * and are never given twice. Frames of a stream come in order and without holes. The receiver grants
 * credit, in bytes of the archive, by `transfer.credit`; nothing is sent beyond it. After a cut the stream
 * is opened anew, from the offset that the receiver has.
 */
const headerBytes = 12;

/** Bytes of an archive in one frame. Also what each side hashes at a time. */
export const maxPayloadBytes = 256 * 1024;

/**
 * Credit that a stream may have at most, bytes: what is under way, and what a receiver may have to hold.
 * 20 MB/s over a line with an answer time of 200 ms.
 */
export const windowBytes = 4 * 1024 * 1024;

/** Streams of one connection at once. */
export const maxStreams = 2;

export interface TransferFrame {
  readonly stream: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Room for one frame, to be filled again and again: `payload` first, then `seal`. */
export interface FrameBuffer {
  readonly payload: Uint8Array;
  /** The frame with the first `length` bytes of the payload; it shares the buffer. */
  seal(stream: number, offset: number, length: number): Uint8Array;
}

export function createFrameBuffer(): FrameBuffer {
  const frame = new Uint8Array(headerBytes + maxPayloadBytes);
  const view = new DataView(frame.buffer);
  return {
    payload: frame.subarray(headerBytes),
    seal(stream, offset, length) {
      view.setUint32(0, stream, true);
      view.setBigUint64(4, BigInt(offset), true);
      return frame.subarray(0, headerBytes + length);
    },
  };
}

/** Undefined: not a frame of this layout. */
export function decodeFrame(frame: Uint8Array): TransferFrame | undefined {
  const length = frame.length - headerBytes;
  if (length < 1 || length > maxPayloadBytes) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, headerBytes);
  const offset = view.getBigUint64(4, true);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return {
    stream: view.getUint32(0, true),
    offset: Number(offset),
    bytes: frame.subarray(headerBytes),
  };
}
