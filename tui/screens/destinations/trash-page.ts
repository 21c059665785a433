import type { TrashedBackup } from '../../../protocol/domain/retention.ts';
import { nameOf } from '../../commands/report/retention-lines.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordAgo, wordAhead, wordMoment } from '../../texts/moment.ts';
import { retentionTexts as words } from '../../texts/texts.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import { shortName } from '../back-up/backup-words.ts';
import type { Bench, Model } from '../bench.ts';
import { selectedRow } from '../navigate.ts';
import { labelled, paragraph } from '../page-lines.ts';
import { loadedSections } from './loaded-sections.ts';

export const trashListId = 'destinations.trash';

/** Deleted backups, the last first; of the selected one why it went and until when it comes back. */
export function trashPage(model: Model): readonly Section[] {
  return loadedSections(model, words.trashTitle, model.ui.data.trash, (trashed) => [
    list(trashed, model),
    { kind: 'lines', lines: [emptyLine, ...details(trashed, model)], drop: 1 },
  ]);
}

function trashedOf(model: Model): readonly TrashedBackup[] {
  const read = model.ui.data.trash;
  return read?.kind === 'ready' ? read.value : [];
}

export function selectedTrashed(bench: Bench): TrashedBackup | undefined {
  return selectedRow(bench, trashListId, trashedOf(bench.model()));
}

function list(trashed: readonly TrashedBackup[], model: Model): Section {
  const { backup, went, until, size } = words.trashColumns;
  const rows = table(
    [
      { title: backup.toUpperCase(), width: 'rest' },
      { title: went.toUpperCase(), width: 12 },
      { title: until.toUpperCase(), width: 13 },
      { title: size.toUpperCase(), width: 9, align: 'right', drop: 2 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id: trashListId,
    header: rows.header,
    count: trashed.length,
    min: 3,
    keyOf: (index) => trashed[index]?.path ?? '',
    row: (index, width) => {
      const one = trashed[index];
      if (one === undefined) return [];
      const { trashedAtMs, expiresAtMs, backup: record } = one;
      const cells = [
        shortName(nameOf(one)),
        wordAgo(trashedAtMs, model.nowMs),
        wordAhead(expiresAtMs, model.nowMs),
        formatBytes(record.sizeBytes),
      ];
      return rows.row(cells, width);
    },
    empty: [words.emptyTrash],
    open: (index) => ({
      command: 'trash.restore',
      args: { backup: trashed[index]?.backup.id ?? '' },
    }),
  };
}

function details(trashed: readonly TrashedBackup[], model: Model): readonly Line[] {
  const one = trashed[model.ui.places[trashListId]?.selected ?? 0] ?? trashed[0];
  if (one === undefined) return [];
  const cells = model.editorColumns - 4;
  const { until, why } = words.trashColumns;
  const rows = [
    ...paragraph(nameOf(one), cells, 'strong'),
    ...labelled(why, one.reason, cells),
    ...labelled(until, wordMoment(one.expiresAtMs), cells),
  ];
  return rows.map((row): Line => [span('  '), ...row]);
}
