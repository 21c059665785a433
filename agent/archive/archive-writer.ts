import type {
  BackupKind,
  BackupOrigin,
  Gap,
  Outcome,
  SourceSummary,
} from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { type EncodedHeader, encodeHeaderLine, formatVersion } from './archive-header.ts';
import type { ArchiveOutput, WrittenFile } from './archive-output.ts';
import { BaseChanges } from './base-changes.ts';
import type { BaseMembers } from './base-members.ts';
import type { MemberContent } from './block-pool.ts';
import { blockSize, FrameWriter } from './frame-writer.ts';
import { linkProblem } from './index-line.ts';
import type { IndexMember, MemberHeader } from './member.ts';
import { MemberLedger } from './member-ledger.ts';
import { isOwn, nameProblem, showName, sourceOf } from './member-name.ts';
import { isPageSize, pagesFrom } from './page-hashes.ts';
import { PageLedger } from './page-ledger.ts';
import { readmeText } from './readme-text.ts';
import { frameLines, ownHeader, writeTail } from './tail-writer.ts';
import { type PlacedMember, TarFrames } from './tar-frames.ts';
import { assertZstdSound } from './zstd-frame.ts';

/** Who and what an archive is of; known before the first byte is written. */
export interface ArchiveIdentity {
  readonly backupId: string;
  readonly installation: string;
  readonly host: string;
  readonly application: { readonly id: string; readonly name: string; readonly version?: string };
  /** Nanoseconds since the epoch, UTC. */
  readonly capturedAtNs: bigint;
  readonly zone: string;
  readonly kind: BackupKind;
  /** Of a differential: the full it needs. */
  readonly base?: { readonly id: string; readonly indexSha256: string; readonly fileName: string };
  readonly origin: BackupOrigin;
  readonly schedule?: string;
  readonly toolVersion: string;
  /** Version of each engine that took part, by engine name. */
  readonly engines: Readonly<Record<string, string>>;
  /** Text of `.kedge/application.jsonc`. */
  readonly applicationConfig: string;
}

export interface ArchiveSummary {
  readonly outcome: Outcome;
  readonly gaps: readonly Gap[];
  readonly notes?: readonly string[];
  /** Extended attributes were read. */
  readonly attributes?: boolean;
}

export interface ArchiveTotals extends WrittenFile {
  readonly contentBytes: number;
  readonly sources: readonly SourceSummary[];
}

/** A member with its content: whole, or as a stream of exactly `header.sizeBytes`. */
export interface NewMember {
  readonly header: MemberHeader;
  readonly content: MemberContent;
  /** Of a database file: page size in bytes, so that page hashes are kept. */
  readonly pageSize?: number;
  readonly engine: string;
  /** It was found to be as in the base without a look at its content, which is not given. */
  readonly unchanged?: true;
}

export interface ArchiveWriter extends AsyncDisposable {
  /** One at a time. A name that comes twice: the last one counts. */
  add(member: NewMember, onBytes: (bytes: number) => void): Promise<void>;
  /** Writes all that follows the members. The caller fsyncs. */
  finish(summary: ArchiveSummary): Promise<ArchiveTotals>;
}

/** Starts an archive; with a base, a differential. Spools lie at names that begin with `spool`, unlinked at once. */
export async function openArchiveWriter(
  output: ArchiveOutput,
  spool: string,
  identity: ArchiveIdentity,
  signal: AbortSignal,
  base?: BaseMembers,
): Promise<ArchiveWriter> {
  await assertZstdSound();
  const writer = new TarArchiveWriter(output, spool, identity, signal, base);
  await writer.addOwn('README.txt', readmeText(identity));
  await writer.addOwn('application.jsonc', identity.applicationConfig);
  return writer;
}

class TarArchiveWriter implements ArchiveWriter {
  readonly #identity: ArchiveIdentity;
  readonly #output: ArchiveOutput;
  readonly #frames: FrameWriter;
  readonly #tar: TarFrames;
  readonly #members: MemberLedger;
  readonly #pages: PageLedger;
  readonly #changes: BaseChanges | undefined;

  constructor(
    output: ArchiveOutput,
    spool: string,
    identity: ArchiveIdentity,
    signal: AbortSignal,
    base: BaseMembers | undefined,
  ) {
    this.#identity = identity;
    this.#output = output;
    this.#frames = new FrameWriter(output);
    this.#tar = new TarFrames(this.#frames, signal);
    this.#members = new MemberLedger(spool);
    this.#pages = new PageLedger(spool);
    if (base === undefined) return;
    this.#changes = new BaseChanges(base, this.#frames, this.#members, spool, signal);
  }

  async add(member: NewMember, onBytes: (bytes: number) => void): Promise<void> {
    const { header } = member;
    const problem = memberProblem(header);
    if (problem !== undefined) {
      const cause = `${showName(header.name)} cannot be a member: ${problem}`;
      throw new KedgeError('internal', { cause });
    }
    const taken = await this.#changes?.take(member, () => this.#tar.closeBundle(), onBytes);
    if (taken !== true) await this.#addWhole(member, onBytes);
  }

  async #addWhole(member: NewMember, onBytes: (bytes: number) => void): Promise<void> {
    const { header, engine } = member;
    const source = sourceOf(header.name);
    const pageSize = this.#changes === undefined ? hashedPageSize(member) : undefined;
    const pagesOffset = pageSize === undefined ? undefined : this.#pages.bytesOf(source);
    const take = async (block: Buffer): Promise<void> => {
      if (pageSize !== undefined) await this.#pages.add(source, block, pageSize);
      onBytes(block.length);
    };
    // Those of a database are known by their pages; and only fulls are compared with.
    const areCompared = this.#changes === undefined && member.pageSize === undefined;
    const placed = await this.#tar.add(header, member.content, take, areCompared);
    await this.#members.add({
      ...indexed(header, placed),
      engine,
      ...(pageSize !== undefined && { pageSize }),
      ...(pagesOffset !== undefined && { pagesOffset }),
    });
  }

  /** A member of Kedge's own, below `.kedge/`. */
  async addOwn(name: string, content: string): Promise<void> {
    const bytes = Buffer.from(content);
    await this.#addOwn(name, bytes.length, bytes);
  }

  async finish(summary: ArchiveSummary): Promise<ArchiveTotals> {
    for (const source of this.#pages.sources) {
      const read = () => this.#pages.read(source);
      await this.#addOwn(`pages/${source}`, this.#pages.bytesOf(source), read);
    }
    await this.#members.settle(this.#changes?.sumsOutside);
    await this.#changes?.findGone(new Set(this.#members.sources.map(({ name }) => name)));
    const sumsBytes = this.#members.sumsBytes;
    await this.#addOwn('SHA256SUMS', sumsBytes, () => this.#members.sumsLines());
    await this.#tar.closeBundle();
    await this.#frames.drain();
    const header = this.#header(summary);
    await this.#writeTail(header);
    const written = await this.#output.finish();
    return { ...written, contentBytes: header.contentBytes, sources: header.sources };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#frames[Symbol.dispose]();
    await this.#members[Symbol.asyncDispose]();
    await this.#pages[Symbol.asyncDispose]();
    await this.#changes?.[Symbol.asyncDispose]();
  }

  async #addOwn(name: string, sizeBytes: number, content: MemberContent): Promise<void> {
    const header = ownHeader(name, sizeBytes, this.#identity.capturedAtNs);
    const placed = await this.#tar.add(header, content, () => undefined, false);
    await this.#members.add(indexed(header, placed));
  }

  #header(summary: ArchiveSummary): EncodedHeader {
    const { applicationConfig: _, capturedAtNs, ...identity } = this.#identity;
    const sources = this.#members.sources;
    return {
      format: formatVersion,
      blockSize,
      ...identity,
      capturedAtNs: String(capturedAtNs),
      outcome: summary.outcome,
      gaps: summary.gaps,
      ...(summary.notes && summary.notes.length > 0 && { notes: summary.notes }),
      ...(summary.attributes === true && { attributes: true }),
      sources,
      contentBytes: sources.reduce((sum, source) => sum + source.bytes, 0),
      memberLines: this.#members.memberLines,
      ...(this.#changes && { removedLines: this.#changes.goneLines }),
      frameLines: this.#frames.table.length,
    };
  }

  async #writeTail(header: EncodedHeader): Promise<void> {
    const frames = this.#frames;
    const members = this.#members;
    const changes = this.#changes;
    const first = encodeHeaderLine(header);
    let frameBytes = 0;
    for (const line of frameLines(frames, header.frameLines)) frameBytes += line.length;
    await writeTail(frames, {
      length: first.length + members.lineBytes + (changes?.goneBytes ?? 0) + frameBytes,
      mtimeNs: this.#identity.capturedAtNs,
      async *chunks() {
        yield first;
        yield* members.indexLines();
        if (changes !== undefined) yield* changes.gone();
        yield* frameLines(frames, header.frameLines);
      },
    });
  }
}

/** Page size of a database file whose pages are hashed. */
function hashedPageSize({ header, pageSize }: NewMember): number | undefined {
  const hashed = pageSize !== undefined && header.sizeBytes >= pagesFrom;
  return hashed && isPageSize(pageSize, blockSize) ? pageSize : undefined;
}

function memberProblem(header: MemberHeader): string | undefined {
  if (isOwn(header.name)) return 'its name is reserved';
  if (header.kind !== 'file' && header.sizeBytes !== 0) return `a ${header.kind} has no content`;
  return nameProblem(header.name) ?? linkProblem(header.kind, header.linkTarget);
}

function indexed(header: MemberHeader, placed: PlacedMember): IndexMember {
  const { sha256, ...place } = placed;
  return { ...header, ...place, ...(header.kind === 'file' && { sha256 }) };
}
