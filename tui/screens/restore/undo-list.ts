import type { Undo } from '../../../protocol/domain/restore.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { momentCells, wordAgo, wordAhead } from '../../texts/moment.ts';
import { texts, undoTexts } from '../../texts/texts.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';

const words = texts.restore;
const listId = 'restore.undos';

/** Of several of one backup, when each was made tells which it is. */
export function undoName({ title, createdAtMs, bytes }: Undo, nowMs: number): string {
  return `${title} (${wordAgo(createdAtMs, nowMs)}${formats().comma}${formatBytes(bytes)})`;
}

export function readyUndos(model: Model): readonly Undo[] {
  return (model.state.snapshot?.undos ?? []).filter(({ state }) => state === 'ready');
}

/** What can be taken back, and until when. */
export function undoList(model: Model): BuiltList<Undo> {
  const { nowMs } = model;
  const { columns } = words;
  return buildList(model, {
    id: listId,
    title: [...line(` ${words.undos}`, 'heading'), span(`  ${words.undosNote}`, 'muted')],
    rows: readyUndos(model),
    columns: [
      { id: 'undo', title: columns.undo, width: 'rest', cell: ({ title }) => title },
      {
        id: 'made',
        title: columns.made,
        width: momentCells('ago', 12),
        cell: ({ createdAtMs }) => wordAgo(createdAtMs, nowMs),
        sortBy: ({ createdAtMs }) => createdAtMs,
      },
      {
        id: 'expires',
        title: columns.expires,
        width: momentCells('ahead', 12),
        cell: ({ pinned, expiresAtMs }) =>
          pinned === true ? undoTexts.pinnedShort : wordAhead(expiresAtMs, nowMs),
        sortBy: ({ pinned, expiresAtMs }) => (pinned === true ? Number.MAX_VALUE : expiresAtMs),
      },
      {
        id: 'size',
        title: columns.size,
        width: 9,
        align: 'right',
        drop: 2,
        cell: ({ bytes }) => formatBytes(bytes),
        sortBy: ({ bytes }) => bytes,
      },
    ],
    min: 3,
    max: 6,
    markable: true,
    keyOf: ({ id }) => id,
    open: ({ id }) => ({ command: 'undo.show', args: { undo: id } }),
    copies: ({ id }) => [
      { title: texts.lists.id, text: id },
      ...commandCopies([
        { command: 'undo.run', args: { undo: id } },
        { command: 'undo.remove', args: { undo: id } },
      ]),
    ],
    empty: [words.noUndos],
  });
}
