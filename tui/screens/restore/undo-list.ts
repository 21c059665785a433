import type { Undo } from '../../../protocol/domain/restore.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordAgo, wordAhead } from '../../texts/moment.ts';
import { texts, undoTexts } from '../../texts/texts.ts';
import { line, span } from '../../widgets/line.ts';
import type { ListSection } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import type { Bench, Model } from '../bench.ts';
import { selectedRow } from '../navigate.ts';

const words = texts.restore;
const listId = 'restore.undos';

export function readyUndos(model: Model): readonly Undo[] {
  return (model.state.snapshot?.undos ?? []).filter(({ state }) => state === 'ready');
}

export function selectedUndo(bench: Bench): Undo | undefined {
  return selectedRow(bench, listId, readyUndos(bench.model()));
}

/** What can be taken back, and until when. */
export function undoList(model: Model): ListSection {
  const undos = readyUndos(model);
  const columns = table(
    [
      { title: words.columns.undo, width: 'rest' },
      { title: words.columns.made, width: 12 },
      { title: words.columns.expires, width: 12 },
      { title: words.columns.size, width: 9, align: 'right', drop: 2 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id: listId,
    title: [...line(` ${words.undos}`, 'heading'), span(`  ${words.undosNote}`, 'muted')],
    header: columns.header,
    count: undos.length,
    min: 3,
    max: 6,
    keyOf: (index) => undos[index]?.id ?? '',
    row: (index, width) => {
      const undo = undos[index];
      if (undo === undefined) return [];
      const { title, createdAtMs, expiresAtMs, bytes, pinned } = undo;
      return columns.row(
        [
          title,
          wordAgo(createdAtMs, model.nowMs),
          pinned === true ? undoTexts.pinnedShort : wordAhead(expiresAtMs, model.nowMs),
          formatBytes(bytes),
        ],
        width,
      );
    },
    empty: [words.noUndos],
    open: (index) => ({ command: 'undo.show', args: { undo: undos[index]?.id ?? '' } }),
  };
}
