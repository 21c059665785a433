import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { formatVersion } from '../../agent/archive/archive-header.ts';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { isDelta } from '../../agent/archive/delta-frame.ts';
import { FrameReader } from '../../agent/archive/frame-reader.ts';
import { FrameTable } from '../../agent/archive/frame-table.ts';
import { encodeLocator, type Locator, locatorSize } from '../../agent/archive/locator.ts';
import { emptyChecksum, encodeSeekTable } from '../../agent/archive/seek-table.ts';
import { ownHeader } from '../../agent/archive/tail-writer.ts';
import { encodeTarHeader, paddingOf } from '../../agent/archive/tar-header.ts';
import { compressFrame, frameChecksum } from '../../agent/archive/zstd-frame.ts';
import { memoryReader } from './archives.ts';

/** An archive taken apart: whoever puts it together again makes all hashes right. */
export interface Parts {
  /** Content of each frame before the tail; of a delta frame all of it, wrapper included. */
  readonly frames: readonly Buffer[];
  /** Lines of the index up to the frames. */
  readonly lines: readonly string[];
  /** Frame lines as they were. */
  readonly frameLines: readonly Readonly<Record<string, unknown>>[];
}

/** What is changed behind the back of the hashes, which are made right afterwards. */
export interface Forgery {
  readonly index?: (text: string) => string | Buffer;
  readonly locator?: Partial<Locator>;
  readonly seekTable?: (table: Buffer) => Buffer;
  /** Of one frame in place of compressing its content. */
  readonly compress?: (content: Buffer, frame: number) => Promise<Buffer>;
}

export async function takeApart(archive: Buffer): Promise<Parts> {
  const reader = memoryReader(archive);
  const { end, header } = await openArchive(reader);
  const frames = new FrameReader(reader, end.frames);
  const contents: Buffer[] = [];
  for (let frame = 0; frame < end.tailFrame; frame++) {
    const { compressed, content } = await frames.read(frame);
    contents.push(isDelta(compressed) ? compressed : content);
  }
  const index: Buffer[] = [];
  for await (const chunk of frames.contents(end.tailFrame + 1, end.frames.length - 1)) {
    index.push(chunk);
  }
  const lines = Buffer.concat(index).toString().trimEnd().split('\n');
  const first = lines.length - header.frameLines;
  const frameLines = lines.slice(first).map((line): Record<string, unknown> => JSON.parse(line));
  return { frames: contents, lines: lines.slice(0, first), frameLines };
}

export async function putTogether(parts: Parts, forgery: Forgery = {}): Promise<Buffer> {
  const table = new FrameTable();
  const out: Buffer[] = [];
  const frameLines: string[] = [];
  const compress = forgery.compress ?? ((content) => compressFrame(content));
  for (const [frame, content] of parts.frames.entries()) {
    const { length: _, ...known } = parts.frameLines[frame] ?? {};
    const bytes = isDelta(content) ? content : await compress(content, frame);
    frameLines.push(
      JSON.stringify(frameLine(known, table.end.offset, bytes, content, parts, frame)),
    );
    append(table, out, bytes, isDelta(content) ? 0 : content.length);
  }
  const text = `${[...parts.lines, ...frameLines].join('\n')}\n`;
  const index = Buffer.from(forgery.index?.(text) ?? text);
  return await close(table, out, index, forgery);
}

function frameLine(
  known: Readonly<Record<string, unknown>>,
  at: number,
  bytes: Buffer,
  content: Buffer,
  { frameLines }: Parts,
  frame: number,
): Record<string, unknown> {
  const own = { at, size: bytes.length, crc32: crc32(bytes).toString(16).padStart(8, '0') };
  if (isDelta(content)) return { ...known, ...frameLines[frame], ...own, content: 0 };
  return { ...known, ...own, content: content.length, contentSha256: hash('sha256', content) };
}

function append(table: FrameTable, out: Buffer[], bytes: Buffer, contentSize: number): void {
  const checksum = contentSize === 0 ? emptyChecksum : frameChecksum(bytes);
  table.append(bytes.length, contentSize, checksum);
  out.push(bytes);
}

async function close(
  table: FrameTable,
  out: Buffer[],
  index: Buffer,
  { locator: changes, seekTable: change }: Forgery,
): Promise<Buffer> {
  const { offset: tailOffset, tarOffset: tailTarOffset } = table.end;
  const head = encodeTarHeader(ownHeader('index', index.length, 0n));
  const contents = [head];
  for (let at = 0; at < index.length; at += 1 << 20)
    contents.push(index.subarray(at, at + (1 << 20)));
  contents.push(Buffer.alloc(paddingOf(index.length) + 1024));
  const tail: Buffer[] = [];
  for (const content of contents) append(table, tail, await compressFrame(content), content.length);
  const whole = encodeSeekTable(table, locatorSize);
  const seekTable = change?.(whole) ?? whole;
  const locator = encodeLocator({
    version: formatVersion,
    flags: 0,
    tailOffset,
    tailLength: table.end.offset - tailOffset,
    tailTarOffset,
    indexTarOffset: tailTarOffset + head.length,
    indexLength: index.length,
    indexSha256: hash('sha256', index, 'buffer'),
    tailSha256: hash('sha256', Buffer.concat(tail), 'buffer'),
    seekTableSha256: hash('sha256', seekTable, 'buffer'),
    ...changes,
  });
  return Buffer.concat([...out, ...tail, locator, seekTable]);
}
