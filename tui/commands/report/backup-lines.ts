import { basename } from 'node:path';
import type { Backup, Estimate, Gap } from '../../../protocol/domain/backup.ts';
import { awayWords } from '../../texts/away-words.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formatCount } from '../../texts/count.ts';
import { wordAgo } from '../../texts/moment.ts';
import { reportTexts } from '../../texts/texts.ts';
import { formatDuration, formatMoment } from '../../texts/time.ts';
import { wordEngine } from '../../texts/word-engine.ts';
import { fields, table } from '../table.ts';

/** Enough of an id to name a backup by. */
export const shortIdLength = 8;

export function backupTable(backups: readonly Backup[], nowMs: number): readonly string[] {
  const rows = backups.map((backup) => [
    backup.id.slice(0, shortIdLength),
    backup.kind,
    formatMoment(backup.capturedAtMs),
    formatBytes(backup.sizeBytes),
    stateWords(backup, nowMs),
    backup.store ?? '-',
    basename(backup.path),
  ]);
  return table(
    [
      { title: 'ID' },
      { title: 'KIND' },
      { title: 'TAKEN' },
      { title: 'SIZE', align: 'right' },
      { title: 'STATE' },
      { title: 'DESTINATION' },
      { title: 'FILE' },
    ],
    rows,
  );
}

/** How far a backup can be trusted, and whether it is pinned: "proven 3 d ago, pinned". */
export function stateWords(backup: Backup, nowMs: number): string {
  const word = stateWord(backup, nowMs);
  return backup.pinned === true ? `${word}, ${reportTexts.pinnedShort}` : word;
}

function stateWord(backup: Backup, nowMs: number): string {
  if (backup.presence !== 'present') return awayWords(backup) ?? backup.presence;
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return 'damaged';
  if (backup.drillFailed !== undefined) return reportTexts.drillFailedShort;
  if (backup.gaps.length > 0) return 'gaps';
  if (backup.proven === undefined) return backup.proof.kind;
  return reportTexts.provenShort(wordAgo(backup.proven.atMs, nowMs));
}

export function backupLines(backup: Backup, nowMs: number): readonly string[] {
  return [
    ...fields([
      ['Backup', backup.id],
      ['File', backup.path],
      ['Kind', reportTexts.kind(backup.kind, backup.baseName)],
      ['Taken', `${formatMoment(backup.capturedAtMs)} (${backup.origin})`],
      ['Size', `${formatBytes(backup.sizeBytes)} of ${formatBytes(backup.contentBytes)} content`],
      ['SHA-256', backup.sha256],
      ['Encrypted', encryptionWords(backup)],
      ['Outcome', backup.outcome],
      ['Proof', proofWords(backup)],
      ['Integrity', integrityWords(backup)],
      ['Drill', drillWords(backup, nowMs)],
      ['Pinned', backup.pinned === true ? reportTexts.pinned : undefined],
      ['Destination', backup.store],
      ['Application', applicationWords(backup)],
      ['Presence', awayWords(backup) ?? reportTexts.presence[backup.presence]],
    ]),
    ...copyPlaceLines(backup),
    ...backup.sources.map(
      (source) =>
        `  ${source.name} (${wordEngine(source.engine)}): ${formatCount(source.members)} ${source.members === 1 ? 'file' : 'files'}, ${formatBytes(source.bytes)}`,
    ),
    ...gapLines(backup.gaps),
  ];
}

function copyPlaceLines({ copies = [] }: Backup): readonly string[] {
  return fields(
    copies.map((copy) => {
      const where = copy.store === undefined ? '' : ` (${copy.store})`;
      const presence = awayWords(copy) ?? reportTexts.presence[copy.presence];
      return ['Also at', `${copy.path}${where}: ${presence}`];
    }),
  );
}

function encryptionWords({ encryption }: Backup): string | undefined {
  return encryption === undefined ? undefined : reportTexts.encryption[encryption];
}

export function gapLines(gaps: readonly Gap[]): readonly string[] {
  if (gaps.length === 0) return [];
  return [
    reportTexts.gapsHead(gaps.length),
    ...gaps.map((gap) =>
      reportTexts.gap(gap.path === '' ? gap.source : `${gap.source}/${gap.path}`, gap.reason),
    ),
  ];
}

export function estimateLines(estimate: Estimate): readonly string[] {
  const fits = estimate.archiveBytes <= estimate.freeBytes;
  return [
    ...fields([
      ['Folder', estimate.folder],
      ['Content', `${formatBytes(estimate.contentBytes)} in ${formatCount(estimate.files)} files`],
      ['Expected size', formatBytes(estimate.archiveBytes)],
      ['Expected time', formatDuration(estimate.seconds)],
      ['Free space', formatBytes(estimate.freeBytes)],
      ['Encrypted', estimate.encrypted === true ? reportTexts.encryption.keys : undefined],
    ]),
    fits ? reportTexts.estimate.fits : reportTexts.estimate.tooLarge,
    ...estimate.warnings.map(reportTexts.warning),
  ];
}

function proofWords(backup: Backup): string {
  const { proof } = backup;
  switch (proof.kind) {
    case 'sealed':
      return reportTexts.proof.sealed;
    case 'verified':
      return reportTexts.proof.verified(formatMoment(proof.atMs));
    case 'damaged':
      return reportTexts.proof.damaged(proof.problem);
    default:
      return proof satisfies never;
  }
}

function drillWords({ proven, drillFailed }: Backup, nowMs: number): string | undefined {
  if (drillFailed !== undefined)
    return reportTexts.drillFailed(wordAgo(drillFailed.atMs, nowMs), drillFailed.problem);
  if (proven === undefined) return undefined;
  return reportTexts.proven(wordAgo(proven.atMs, nowMs), formatDuration(proven.seconds));
}

function integrityWords(backup: Backup): string {
  return backup.integrityProblem === undefined
    ? backup.integrity
    : `${backup.integrity}: ${backup.integrityProblem}`;
}

function applicationWords(backup: Backup): string {
  const version = backup.applicationVersion === undefined ? '' : ` ${backup.applicationVersion}`;
  return `${backup.application}${version} on ${backup.host}`;
}
