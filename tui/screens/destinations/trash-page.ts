import type { TrashedBackup } from '../../../protocol/domain/retention.ts';
import { nameOf, trashOf } from '../../commands/report/retention-lines.ts';
import type { Action } from '../../store/action.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { momentCells, wordAgo, wordAhead, wordMoment } from '../../texts/moment.ts';
import { texts, retentionTexts as words } from '../../texts/texts.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { shortName } from '../back-up/backup-words.ts';
import type { Model } from '../bench.ts';
import { chosenIn, commandCopies, selectedIn } from '../chosen-rows.ts';
import { labelled, paragraph } from '../page-lines.ts';
import { loadedSections } from './loaded-sections.ts';

export const trashListId = 'destinations.trash';

/** Deleted backups, the last first; of the selected one why it went and until when it comes back. */
export function trashPage(model: Model): readonly Section[] {
  return loadedSections(model, words.trashTitle, model.ui.data.trash, (trashed) => {
    const rows = list(trashed, model);
    const about = details(selectedIn(model, rows), model);
    return [rows, { kind: 'lines', lines: [emptyLine, ...about], drop: 1 }];
  });
}

/** The marked ones, or the selected one. */
export function chosenTrashed(model: Model): readonly TrashedBackup[] {
  const read = model.ui.data.trash;
  return read?.kind === 'ready' ? chosenIn(model, list(read.value, model)) : [];
}

/** How a command is told which one is meant. */
export function meantIn({ ui }: Model): (one: TrashedBackup) => string {
  const read = ui.data.trash;
  return (one) => askedOf(one, read?.kind === 'ready' ? read.value : []);
}

/** The file itself where several trashes hold that backup. */
function askedOf(one: TrashedBackup, trashed: readonly TrashedBackup[]): string {
  const same = trashed.filter(({ backup }) => backup.id === one.backup.id);
  return same.length > 1 ? one.path : one.backup.id;
}

function list(trashed: readonly TrashedBackup[], model: Model): BuiltList<TrashedBackup> {
  const restore = (one: TrashedBackup): Action => ({
    command: 'trash.restore',
    args: { backup: askedOf(one, trashed) },
  });
  const { backup, where, went, until, size } = words.trashColumns;
  const { nowMs } = model;
  return buildList(model, {
    id: trashListId,
    rows: trashed,
    columns: [
      {
        id: 'backup',
        title: backup.toUpperCase(),
        width: 'rest',
        min: 24,
        cell: (one) => shortName(nameOf(one)),
      },
      {
        id: 'where',
        title: where.toUpperCase(),
        width: 12,
        drop: 1,
        cell: (one) => trashOf(one),
      },
      {
        id: 'went',
        title: went.toUpperCase(),
        width: momentCells('ago', 12),
        cell: ({ trashedAtMs }) => wordAgo(trashedAtMs, nowMs),
        sortBy: ({ trashedAtMs }) => trashedAtMs,
      },
      {
        id: 'until',
        title: until.toUpperCase(),
        width: momentCells('ahead', 13),
        cell: ({ expiresAtMs }) => wordAhead(expiresAtMs, nowMs),
        sortBy: ({ expiresAtMs }) => expiresAtMs,
      },
      {
        id: 'size',
        title: size.toUpperCase(),
        width: 9,
        align: 'right',
        drop: 2,
        cell: (one) => formatBytes(one.backup.sizeBytes),
        sortBy: (one) => one.backup.sizeBytes,
      },
    ],
    min: 3,
    markable: true,
    keyOf: ({ path }) => path,
    empty: [words.emptyTrash],
    open: restore,
    copies: (one) => [
      { title: texts.lists.path, text: one.path },
      ...commandCopies([restore(one)]),
    ],
  });
}

function details(one: TrashedBackup | undefined, model: Model): readonly Line[] {
  if (one === undefined) return [];
  const cells = model.editorColumns - 4;
  const { until, where, why } = words.trashColumns;
  const rows = [
    ...paragraph(nameOf(one), cells, 'strong'),
    ...labelled(why, one.reason, cells),
    ...labelled(where, one.path, cells),
    ...labelled(until, wordMoment(one.expiresAtMs), cells),
  ];
  return rows.map((row): Line => [span('  '), ...row]);
}
