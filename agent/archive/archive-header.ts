import * as z from 'zod';
import {
  BackupKind,
  BackupOrigin,
  Gap,
  Outcome,
  SourceSummary,
} from '../../protocol/domain/backup.ts';

/** The newest archive format this build reads and the one it writes; it reads all before it. */
export const formatVersion = 2;

const decimal = z
  .string()
  .regex(/^-?\d{1,20}$/)
  .transform(BigInt);

const count = z.int().nonnegative();

/** First line of `.kedge/index`: what the archive is, and how many lines of each sort follow. */
export const ArchiveHeader = z.object({
  format: z.int().positive(),
  /** Content bytes of a full data frame. */
  blockSize: z.int().positive(),
  backupId: z.string().min(1),
  installation: z.string(),
  host: z.string(),
  application: z.object({ id: z.string(), name: z.string(), version: z.string().optional() }),
  /** Nanoseconds since the epoch, UTC. */
  capturedAtNs: decimal,
  zone: z.string(),
  kind: BackupKind,
  origin: BackupOrigin,
  schedule: z.string().optional(),
  outcome: Outcome,
  gaps: z.array(Gap).readonly(),
  /** What no file lacks as such: why extended attributes were not read, say. */
  notes: z.array(z.string()).readonly().optional(),
  /** Extended attributes of folders and files were read: a member without has none. */
  attributes: z.literal(true).optional(),
  toolVersion: z.string(),
  engines: z.record(z.string(), z.string()),
  sources: z.array(SourceSummary).readonly(),
  /** Bytes of all members of all sources, as restored. */
  contentBytes: count,
  /** Of a differential: the full it needs. */
  base: z.object({ id: z.string(), indexSha256: z.string(), fileName: z.string() }).optional(),
  memberLines: count,
  /** Of a differential: names of the base that are gone. */
  removedLines: count.optional(),
  frameLines: count,
});
export type ArchiveHeader = z.infer<typeof ArchiveHeader>;
export type EncodedHeader = z.input<typeof ArchiveHeader>;

/** Bounds what a reader holds in memory; some 100,000 named gaps. */
export const headerLineLimit = 16 << 20;

/** The line with its newline. Where gaps are too many, those of sources and the first files are named. */
export function encodeHeaderLine(header: EncodedHeader): Buffer {
  const line = encode(header);
  if (line.length <= headerLineLimit) return line;
  const cut = encode({ ...header, gaps: firstGaps(header.gaps) });
  if (cut.length > headerLineLimit) throw new RangeError('the index header is too large');
  return cut;
}

function encode(header: EncodedHeader): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n`);
}

function firstGaps(gaps: EncodedHeader['gaps']): EncodedHeader['gaps'] {
  const sourcesFirst = gaps.toSorted((a, b) => rankOf(a) - rankOf(b));
  const first: Gap[] = [];
  let bytes = 0;
  for (const gap of sourcesFirst) {
    bytes += Buffer.byteLength(JSON.stringify(gap)) + 1;
    if (bytes > headerLineLimit / 2) break;
    first.push(gap);
  }
  const source = gaps[0]?.source ?? '';
  const reason = `${gaps.length - first.length} more, which are too many to be named here`;
  return [...first, { kind: 'file', source, path: '', reason }];
}

function rankOf({ kind }: Gap): number {
  return kind === 'source' ? 0 : 1;
}
