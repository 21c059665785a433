import type { RetentionLine } from '../../../protocol/domain/retention.ts';
import { becauseOf, retentionSummary } from '../../commands/report/retention-lines.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordMoment } from '../../texts/moment.ts';
import { texts, retentionTexts as words } from '../../texts/texts.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { shortName } from '../back-up/backup-words.ts';
import type { Model } from '../bench.ts';
import { commandCopies, selectedIn } from '../chosen-rows.ts';
import { labelled, paragraph } from '../page-lines.ts';
import { loadedSections } from './loaded-sections.ts';

export const retentionList = 'destinations.retention';

/** Every backup with "stays because" or "goes because"; of the selected one all that is known. */
export function retentionPage(model: Model): readonly Section[] {
  return loadedSections(model, words.retentionTitle, model.ui.data.retentionNow, (lines) => {
    const rows = list(lines, model);
    return [
      { kind: 'lines', lines: [line(` ${retentionSummary(lines)}`), emptyLine] },
      rows,
      { kind: 'lines', lines: [emptyLine, ...details(selectedIn(model, rows), model)], drop: 1 },
    ];
  });
}

function list(lines: readonly RetentionLine[], model: Model): BuiltList<RetentionLine> {
  const { verdict, backup, because, until } = words.columns;
  return buildList(model, {
    id: retentionList,
    rows: lines,
    columns: [
      {
        id: 'verdict',
        title: verdict.toUpperCase(),
        width: 7,
        cell: (one) => span(words[one.verdict], one.verdict === 'goes' ? 'warning' : 'ok'),
      },
      {
        id: 'backup',
        title: backup.toUpperCase(),
        width: 30,
        cell: (one) => shortName(nameOf(one)),
      },
      { id: 'because', title: because.toUpperCase(), width: 'rest', cell: becauseOf },
      {
        id: 'size',
        title: texts.backUp.columns.size,
        width: 9,
        align: 'right',
        extra: true,
        cell: ({ sizeBytes }) => (sizeBytes === undefined ? '' : formatBytes(sizeBytes)),
        sortBy: ({ sizeBytes }) => sizeBytes,
      },
      {
        id: 'until',
        title: until.toUpperCase(),
        width: 16,
        extra: true,
        cell: ({ untilMs }) => (untilMs === undefined ? '' : wordMoment(untilMs)),
        sortBy: ({ untilMs }) => untilMs,
      },
    ],
    min: 3,
    keyOf: (one) => `${one.backup} ${one.store ?? ''}`,
    empty: [words.none],
    open: (one) => ({ command: 'backups.show', args: { backup: one.backup } }),
    copies: (one) => [
      { title: texts.lists.id, text: one.backup },
      ...commandCopies(
        ['backup.pin', 'backup.show'].map((command) => ({
          command,
          args: { backup: one.backup },
        })),
      ),
    ],
  });
}

function details(one: RetentionLine | undefined, model: Model): readonly Line[] {
  if (one === undefined) return [];
  const cells = model.editorColumns - 4;
  const { backup, until, because } = words.columns;
  const size = one.sizeBytes === undefined ? '' : ` (${formatBytes(one.sizeBytes)})`;
  const rows = [
    ...paragraph(`${nameOf(one)}${size}`, cells, 'strong'),
    ...labelled(backup, one.backup.slice(0, 8), cells),
    ...labelled(words[one.verdict], `${because.toLowerCase()} ${becauseOf(one)}`, cells),
    ...(one.untilMs === undefined ? [] : labelled(until, wordMoment(one.untilMs), cells)),
  ];
  return rows.map((row): Line => [span('  '), ...row]);
}

function nameOf({ name, backup }: RetentionLine): string {
  return name ?? backup;
}
