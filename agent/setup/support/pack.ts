import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encodeTarHeader, paddingOf, tarBlock } from '../../archive/tar-header.ts';
import type { SupportFile } from './facts.ts';

const compress = promisify(gzip);
const nsPerMs = 1_000_000n;

/** A `.tar.gz` of texts in one folder: what every machine opens that it is sent to. */
export async function packSupport(
  folder: string,
  files: readonly SupportFile[],
  nowMs: number,
): Promise<Buffer> {
  const parts = files.flatMap(({ name, text }) => {
    const content = Buffer.from(text);
    const header = encodeTarHeader({
      name: Buffer.from(`${folder}/${name}`),
      kind: 'file',
      sizeBytes: content.length,
      mode: 0o600,
      uid: 0,
      gid: 0,
      mtimeNs: BigInt(Math.floor(nowMs)) * nsPerMs,
    });
    return [header, content, Buffer.alloc(paddingOf(content.length))];
  });
  return await compress(Buffer.concat([...parts, Buffer.alloc(2 * tarBlock)]));
}
