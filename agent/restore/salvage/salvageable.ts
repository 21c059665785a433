import type { SalvageResult } from '../../../protocol/domain/salvage.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { noKeys } from '../../archive/age/lock.ts';
import { type Archive, openArchive } from '../../archive/archive-reader.ts';
import { nameProblem } from '../../archive/member-name.ts';
import { openArchiveFile } from '../../archive/open-archive-file.ts';
import type { RangedReader } from '../../archive/ranged-reader.ts';
import { type Chain, type FindBase, openChain } from '../../chain/chain.ts';
import { findBaseIn } from '../../chain/find-base.ts';
import type { Work } from '../../os/work.ts';
import type { Finding } from './finding.ts';
import { readAroundHoles } from './holed-reader.ts';
import { indexedFindings, isDamage } from './indexed-findings.ts';
import { watchLandmarks } from './landmarks.ts';
import { looseFindings } from './loose-findings.ts';
import { contentAt, type PieceReader, readPieces } from './piece-reader.ts';
import { repairEnd } from './repaired-end.ts';
import { scanFrames } from './scan-frames.ts';
import { SumsTable } from './sums-table.ts';

/** A damaged archive, opened as far as it can be. */
export interface Salvageable extends AsyncDisposable {
  readonly index: SalvageResult['index'];
  readonly backup?: string;
  /** 0: unknown. */
  readonly contentBytes: number;
  readonly notes: readonly string[];
  findings(): AsyncIterable<Finding>;
}

interface Order {
  readonly path: string;
  readonly base?: string | undefined;
}

/** By its end; else by the index, wherever that is; else frame by frame. */
export async function openSalvageable(
  reader: RangedReader,
  order: Order,
  stores: readonly string[],
  work: Work,
): Promise<Salvageable> {
  const findBase = baseFinder(order, stores, work);
  const whole = await openUnlessDamaged(reader);
  if (whole !== undefined) return await byIndex(whole, 'whole', findBase, work.signal);
  const landmarks = watchLandmarks();
  const pieces = await scanFrames(reader, work.signal, landmarks.look, (done) =>
    work.progress('scan', done, reader.sizeBytes),
  );
  const from = readPieces(reader, pieces);
  const repaired = await repairEnd(from, landmarks.found.index);
  const found = repaired && (await openUnlessDamaged(repaired));
  if (found !== undefined) return await byIndex(found, 'found', findBase, work.signal);
  return await byFrames(from, landmarks.found, work.signal);
}

/** Every line of its index can be read: the frames may still say what a line does not. */
async function openWhole(reader: RangedReader): Promise<Archive> {
  const archive = await openArchive(reader);
  for await (const _ of archive.allMembers());
  for await (const _ of archive.removed());
  return archive;
}

/** A newer format is refused: there is nothing wrong with it. */
async function openUnlessDamaged(reader: RangedReader): Promise<Archive | undefined> {
  return await openWhole(reader).catch((error: unknown) => {
    const isOurs = error instanceof KedgeError && error.failure.code !== 'archive-not-ours';
    if (isOurs && !isDamage(error)) throw error;
    if (!(error instanceof KedgeError)) throw error;
    return undefined;
  });
}

function baseFinder({ path, base }: Order, stores: readonly string[], work: Work): FindBase {
  const { keys = noKeys } = work;
  const find: FindBase =
    base === undefined
      ? findBaseIn(path, stores, keys)
      : async () => await openArchiveFile(base, keys, true);
  return async (wanted) => {
    const found = await find(wanted);
    return found && (await repairedIfNeeded(readAroundHoles(found), work));
  };
}

/** A full whose end is damaged and whose index is not serves as well. */
async function repairedIfNeeded(reader: RangedReader, { signal }: Work): Promise<RangedReader> {
  if ((await openUnlessDamaged(reader)) !== undefined) return reader;
  const landmarks = watchLandmarks();
  const pieces = await scanFrames(reader, signal, landmarks.look, () => undefined);
  const repaired = await repairEnd(readPieces(reader, pieces), landmarks.found.index);
  if (repaired === undefined) return reader;
  return { ...repaired, [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose]() };
}

async function byIndex(
  archive: Archive,
  index: 'whole' | 'found',
  findBase: FindBase,
  signal: AbortSignal,
): Promise<Salvageable> {
  const chain = await openWithBase(archive, findBase);
  const note = chain instanceof KedgeError ? [chain.message] : [];
  const opened = chain instanceof KedgeError ? undefined : chain;
  return {
    index,
    backup: archive.header.backupId,
    contentBytes: archive.header.contentBytes,
    notes: note,
    findings: () => indexedFindings(archive, opened, signal),
    [Symbol.asyncDispose]: async () => await opened?.[Symbol.asyncDispose](),
  };
}

/** Undefined: a full needs none. The failure: there is no base, so what needs it is lost. */
async function openWithBase(
  archive: Archive,
  findBase: FindBase,
): Promise<Chain | KedgeError | undefined> {
  if (archive.header.base === undefined) return undefined;
  return await openChain(archive.reader, findBase).catch((error: unknown) => {
    if (error instanceof KedgeError && isDamage(error)) return error;
    throw error;
  });
}

async function byFrames(
  from: PieceReader,
  found: ReturnType<typeof watchLandmarks>['found'],
  signal: AbortSignal,
): Promise<Salvageable> {
  const content = found.sums && contentAt(from, found.sums);
  const sums = content && (await SumsTable.read(content));
  const deltas = from.pieces.filter(({ kind }) => kind === 'delta').length;
  const note = `${deltas} parts of changed files can't be read, as only the index says what they are`;
  return {
    index: 'lost',
    contentBytes: 0,
    notes: deltas > 0 ? [note] : [],
    async *findings() {
      for await (const finding of looseFindings(from, found.sums?.piece, signal)) {
        yield withSum(finding, sums);
      }
      if (sums !== undefined) yield* unseen(sums, deltas > 0);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function withSum(finding: Finding, sums: SumsTable | undefined): Finding {
  if (finding.kind !== 'member') return finding;
  const sha256 = sums?.sha256Of(finding.header.name);
  if (sha256 === undefined) return finding;
  return { ...finding, expected: { sha256, soft: true } };
}

/** Names that only the sums know. */
async function* unseen(sums: SumsTable, maybeDeltas: boolean): AsyncGenerator<Finding> {
  const reason = maybeDeltas ? 'index lost' : 'damaged';
  for await (const name of sums.others()) {
    if (nameProblem(name) === undefined) yield { kind: 'lost', reason, name };
  }
}
