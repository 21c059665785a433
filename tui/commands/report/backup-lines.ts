import { basename } from 'node:path';
import type { Backup, Estimate, Gap } from '../../../protocol/domain/backup.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formatCount } from '../../texts/count.ts';
import { reportTexts } from '../../texts/english/report-texts.ts';
import { formatDuration, formatMoment } from '../../texts/time.ts';
import { fields, table } from '../table.ts';

/** Enough of an id to name a backup by. */
export const shortIdLength = 8;

export function backupTable(backups: readonly Backup[]): readonly string[] {
  const rows = backups.map((backup) => [
    backup.id.slice(0, shortIdLength),
    backup.kind,
    formatMoment(backup.capturedAtMs),
    formatBytes(backup.sizeBytes),
    stateWord(backup),
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

/** One word for how far a backup can be trusted. */
export function stateWord(backup: Backup): string {
  if (backup.presence !== 'present') return backup.presence;
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return 'damaged';
  if (backup.gaps.length > 0) return 'gaps';
  return backup.proof.kind;
}

export function backupLines(backup: Backup): readonly string[] {
  return [
    ...fields([
      ['Backup', backup.id],
      ['File', backup.path],
      ['Kind', backup.kind],
      ['Taken', `${formatMoment(backup.capturedAtMs)} (${backup.origin})`],
      ['Size', `${formatBytes(backup.sizeBytes)} of ${formatBytes(backup.contentBytes)} content`],
      ['SHA-256', backup.sha256],
      ['Encrypted', encryptionWords(backup)],
      ['Outcome', backup.outcome],
      ['Proof', proofWords(backup)],
      ['Integrity', integrityWords(backup)],
      ['Destination', backup.store],
      ['Application', applicationWords(backup)],
      ['Presence', reportTexts.presence[backup.presence]],
    ]),
    ...backup.sources.map(
      (source) =>
        `  ${source.name} (${source.engine}): ${formatCount(source.members)} members, ${formatBytes(source.bytes)}`,
    ),
    ...gapLines(backup.gaps),
  ];
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
    ...estimate.warnings.map(reportTexts.plan.warning),
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

function integrityWords(backup: Backup): string {
  return backup.integrityProblem === undefined
    ? backup.integrity
    : `${backup.integrity}: ${backup.integrityProblem}`;
}

function applicationWords(backup: Backup): string {
  const version = backup.applicationVersion === undefined ? '' : ` ${backup.applicationVersion}`;
  return `${backup.application}${version} on ${backup.host}`;
}
