import type { RetentionLine, TrashedBackup } from '../../../protocol/domain/retention.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { retentionTexts as words } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { table } from '../table.ts';

/** `all`: what the sum at the end is about. */
export function retentionLines(
  shown: readonly RetentionLine[],
  all: readonly RetentionLine[],
): readonly string[] {
  if (all.length === 0) return [words.none];
  const { verdict, backup, until, because } = words.columns;
  const titles = [verdict, backup, until, because].map((title) => ({ title: title.toUpperCase() }));
  return [
    ...table(
      titles,
      shown.map((line) => [
        words[line.verdict],
        line.name ?? line.backup,
        line.untilMs === undefined ? '' : formatMoment(line.untilMs),
        becauseOf(line),
      ]),
    ),
    '',
    retentionSummary(all),
  ];
}

export function becauseOf({ reason, store }: RetentionLine): string {
  return store === undefined ? reason : `${reason}; ${words.in(store)}`;
}

export function retentionSummary(lines: readonly RetentionLine[]): string {
  const goes = lines.filter(({ verdict }) => verdict === 'goes').length;
  return words.summary(lines.length - goes, goes);
}

export function trashTable(trashed: readonly TrashedBackup[]): readonly string[] {
  if (trashed.length === 0) return [words.emptyTrash];
  const { backup, where, went, until, size, why } = words.trashColumns;
  return table(
    [
      { title: 'ID' },
      { title: backup.toUpperCase() },
      { title: where.toUpperCase() },
      { title: went.toUpperCase() },
      { title: until.toUpperCase() },
      { title: size.toUpperCase(), align: 'right' },
      { title: why.toUpperCase() },
    ],
    trashed.map((one) => [
      one.backup.id.slice(0, 8),
      nameOf(one),
      trashOf(one),
      formatMoment(one.trashedAtMs),
      formatMoment(one.expiresAtMs),
      formatBytes(one.backup.sizeBytes),
      one.reason,
    ]),
  );
}

export function nameOf({ path }: TrashedBackup): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The destination in whose trash it lies, or else the folder: the same backup may lie in several. */
export function trashOf({ backup: { store }, path }: TrashedBackup): string {
  return store ?? path.replace(/\/\.kedge-trash\/.*$/, '');
}
