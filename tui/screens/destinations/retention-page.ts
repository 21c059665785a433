import type { RetentionLine } from '../../../protocol/domain/retention.ts';
import { becauseOf, retentionSummary } from '../../commands/report/retention-lines.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordMoment } from '../../texts/moment.ts';
import { retentionTexts as words } from '../../texts/texts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import { shortName } from '../back-up/backup-words.ts';
import type { Model } from '../bench.ts';
import { labelled, paragraph } from '../page-lines.ts';
import { loadedSections } from './loaded-sections.ts';

export const retentionList = 'destinations.retention';

/** Every backup with "stays because" or "goes because"; of the selected one all that is known. */
export function retentionPage(model: Model): readonly Section[] {
  return loadedSections(model, words.retentionTitle, model.ui.data.retentionNow, (lines) => {
    const selected = lines[model.ui.places[retentionList]?.selected ?? 0] ?? lines[0];
    return [
      { kind: 'lines', lines: [line(` ${retentionSummary(lines)}`), emptyLine] },
      list(lines, model),
      { kind: 'lines', lines: [emptyLine, ...details(selected, model)], drop: 1 },
    ];
  });
}

function list(lines: readonly RetentionLine[], model: Model): Section {
  const { verdict, backup, because } = words.columns;
  const rows = table(
    [
      { title: verdict.toUpperCase(), width: 7 },
      { title: backup.toUpperCase(), width: 30 },
      { title: because.toUpperCase(), width: 'rest' },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id: retentionList,
    header: rows.header,
    count: lines.length,
    min: 3,
    keyOf: (index) => `${lines[index]?.backup} ${lines[index]?.store ?? ''}`,
    row: (index, width) => {
      const one = lines[index];
      if (one === undefined) return [];
      const tone = one.verdict === 'goes' ? 'warning' : 'ok';
      const cells = [
        span(words[one.verdict], tone),
        span(shortName(nameOf(one))),
        span(becauseOf(one)),
      ];
      return rows.row(cells, width);
    },
    empty: [words.none],
    open: (index) => ({ command: 'backups.show', args: { backup: lines[index]?.backup ?? '' } }),
  };
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
