import { hash } from 'node:crypto';
import * as z from 'zod';

/** What a server says of each file that it sent. Source: PostgreSQL manual, 77 "Backup Manifest Format". */
const File = z
  .object({
    Path: z.string().optional(),
    /** Instead of it where it is no UTF-8: bytes in hex. */
    'Encoded-Path': z.string().optional(),
    Size: z.number().int().nonnegative(),
    'Checksum-Algorithm': z.string().optional(),
    Checksum: z.string().optional(),
  })
  .loose();

const Manifest = z
  .object({
    'PostgreSQL-Backup-Manifest-Version': z.number().int().min(1).max(2),
    Files: z.array(File),
    'WAL-Ranges': z.array(
      z.object({ Timeline: z.number().int(), 'Start-LSN': z.string(), 'End-LSN': z.string() }),
    ),
    'Manifest-Checksum': z.string(),
  })
  .loose();

/** A line for each file: this is of more than a million. */
export const manifestBytesAtMost = 1 << 28;

export interface BackupManifest {
  /** By path. */
  readonly files: ReadonlyMap<string, { readonly sizeBytes: number; readonly sha256: string }>;
  readonly wal: readonly WalRange[];
}

/** What a server needs of its log to make the backup whole. */
export interface WalRange {
  readonly timeline: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** The manifest of a backup; throws what is wrong with it. */
export function readManifest(text: Buffer): BackupManifest {
  const manifest = Manifest.parse(JSON.parse(text.toString()));
  // The last line, which holds the sum of all before it.
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  if (hash('sha256', text.subarray(0, end)) !== manifest['Manifest-Checksum']) {
    throw new RangeError('it has changed');
  }
  const files = new Map(
    manifest.Files.map((file) => {
      const { Size: sizeBytes, Checksum: sha256 = '' } = file;
      if (file['Checksum-Algorithm'] !== 'SHA256') throw new RangeError('it has no SHA-256');
      return [pathOf(file), { sizeBytes, sha256 }];
    }),
  );
  const wal = manifest['WAL-Ranges'].map((range) => ({
    timeline: range.Timeline,
    from: positionOf(range['Start-LSN']),
    to: positionOf(range['End-LSN']),
  }));
  return { files, wal };
}

function pathOf(file: z.infer<typeof File>): string {
  const encoded = file['Encoded-Path'];
  const bytes = encoded === undefined ? Buffer.from(file.Path ?? '') : Buffer.from(encoded, 'hex');
  return bytes.toString();
}

/** "0/2000028", the place of a byte in the log. */
function positionOf(text: string): bigint {
  const [high, low, ...more] = text.split('/');
  if (!/^[0-9A-F]{1,8}$/i.test(high ?? '') || !/^[0-9A-F]{1,8}$/i.test(low ?? '') || more.length) {
    throw new RangeError(`"${text}" is no place in its log`);
  }
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}
