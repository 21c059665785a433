import { checksumOf, encodeTarHeader, tarBlock } from '../../../agent/archive/tar-header.ts';
import { memberHeader } from '../../support/archives.ts';
import { type Forgery, type Parts, putTogether } from '../../support/forge-archive.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

/** An archive that was changed by somebody who knows the format and made all hashes right again. */
export async function mutateParts(parts: Parts, random: Random): Promise<Buffer> {
  const kind = random.below(5);
  if (kind === 0) return await putTogether(parts, { index: (text) => mutateText(text, random) });
  if (kind === 1) return await putTogether(mutateTar(parts, random));
  if (kind === 2) return await putTogether(parts, endForgery(random));
  if (kind === 3) return withoutEnd(await putTogether(mutateTar(parts, random)), random);
  const lines = parts.lines.map((line) =>
    random.below(8) === 0 ? mutateLine(line, random) : line,
  );
  return await putTogether({ ...parts, lines });
}

/** So that only the frames say what it is. */
function withoutEnd(archive: Buffer, random: Random): Buffer {
  return archive.subarray(0, archive.length - 250 - random.below(archive.length >> 2));
}

function endForgery(random: Random): Forgery {
  const place = random.pick([0, 1, 183, 4096, 2 ** 31, 2 ** 32, 2 ** 53 - 1]);
  const field = random.pick([
    'version',
    'flags',
    'tailOffset',
    'tailLength',
    'tailTarOffset',
    'indexTarOffset',
    'indexLength',
  ] as const);
  if (random.below(2) === 0) {
    const small = field === 'version' || field === 'flags';
    return { locator: { [field]: small ? place % 2 ** 32 : place } };
  }
  return {
    seekTable: (table) => {
      const changed = Buffer.from(table);
      changed.writeUInt32LE(place % 2 ** 32, 4 * random.below((table.length >> 2) - 1));
      return changed;
    },
  };
}

function mutateText(text: string, random: Random): Buffer {
  return mutateBytes(Buffer.from(text), random);
}

const hostileNames = [
  '../evil',
  '/evil',
  'files/../../evil',
  'files',
  'files/a/b/c',
  'files//a',
  '.',
  '',
  'files/\0',
  'files/..',
  '.kedge',
  '.kedge/salvage.jsonl',
  '.kedge/unfinished-0',
  `files/${'x'.repeat(300)}`,
  `files/${'d/'.repeat(3000)}e`,
];
const numbers = [
  0,
  -1,
  1,
  511,
  512,
  2 ** 20,
  2 ** 23 + 1,
  2 ** 31,
  2 ** 32,
  2 ** 40,
  2 ** 53 - 1,
  2 ** 60,
  1.5,
];
const kinds = ['file', 'directory', 'symlink', 'hardlink', 'fifo', 'device', ''];

/** One value of a line of the index replaced by one that should not be there. */
function mutateLine(line: string, random: Random): string {
  const record: Record<string, unknown> = JSON.parse(line);
  const key = random.pick(Object.keys(record));
  if (random.below(6) === 0) delete record[key];
  else record[key] = instead(key, record[key], random);
  return JSON.stringify(record);
}

function instead(key: string, value: unknown, random: Random): unknown {
  if (key === 'kind') return random.pick(kinds);
  if (typeof value === 'number') return random.pick(numbers);
  if (typeof value === 'string')
    return random.pick([...hostileNames, String(random.pick(numbers))]);
  return random.pick<unknown>([null, [], {}, true, value, [value, value]]);
}

/** The content of a frame changed, headers given a right checksum again, or a hostile member put in. */
function mutateTar(parts: Parts, random: Random): Parts {
  const frame = random.below(parts.frames.length);
  const frames = parts.frames.map((content, nth) => {
    if (nth !== frame) return content;
    const changed =
      random.below(3) === 0 ? withMember(content, random) : mutateBytes(content, random);
    return mendChecksums(changed);
  });
  return { ...parts, frames };
}

function withMember(content: Buffer, random: Random): Buffer {
  const kind = random.pick(['file', 'directory', 'symlink', 'hardlink', 'fifo'] as const);
  const name = Buffer.from(random.pick(hostileNames));
  const linkTarget = Buffer.from(random.pick(hostileNames));
  const isLink = kind === 'symlink' || kind === 'hardlink';
  const sizeBytes = kind === 'file' ? Math.max(0, Math.floor(random.pick(numbers))) : 0;
  const header = encodeTarHeader(
    memberHeader(name, { kind, sizeBytes, ...(isLink && { linkTarget }) }),
  );
  const at = tarBlock * random.below(1 + Math.floor(content.length / tarBlock));
  return Buffer.concat([content.subarray(0, at), header, content.subarray(at)]);
}

function mendChecksums(content: Buffer): Buffer {
  const mended = Buffer.from(content);
  for (let at = 0; at + tarBlock <= mended.length; at += tarBlock) {
    const block = mended.subarray(at, at + tarBlock);
    if (block.toString('latin1', 257, 262) !== 'ustar') continue;
    block.write(`${checksumOf(block).toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  }
  return mended.length === 0 ? Buffer.alloc(tarBlock) : mended.subarray(0, 1 << 20);
}
