import type { Backup } from '../../../protocol/domain/backup.ts';
import type { Action } from '../../store/action.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordAgo, wordNearShort } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import type { ListSection } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
import { backupName, checkTone, checkWord } from './backup-words.ts';

const words = texts.backUp;

/** The backups at hand, newest first. What Enter does differs between screens. */
export function backupList(
  model: Model,
  id: string,
  open: (backup: Backup) => Action,
): ListSection {
  const { backups, snapshot } = model.state;
  const anyLocked = backups.items.some(({ encryption }) => encryption !== undefined);
  const anyPinned = backups.items.some(({ pinned }) => pinned === true);
  const pin = { title: words.columns.pin, width: 3, drop: 1 };
  // "proven 59 min" is one cell longer than all other words.
  const anyProven = backups.items.some(({ proven }) => proven !== undefined);
  const lock = { title: words.columns.lock, width: 9, drop: 6 };
  const columns = table(
    [
      { title: words.columns.name, width: 'rest', min: 26 },
      { title: words.columns.kind, width: 4, drop: 3 },
      { title: words.columns.size, width: 8, align: 'right', drop: 2 },
      { title: words.columns.time, width: 10 },
      { title: words.columns.age, width: 10, drop: 5 },
      { title: words.columns.check, width: anyProven ? 13 : 12 },
      ...(anyPinned ? [pin] : []),
      ...(anyLocked ? [lock] : []),
      { title: words.columns.where, width: 10, drop: 4 },
    ],
    model.glyphs.ellipsis,
  );
  const cells = (backup: Backup): Line[number][] => [
    span(backupName(backup), 'strong'),
    span(backup.kind === 'full' ? 'full' : 'diff'),
    span(formatBytes(backup.sizeBytes)),
    span(wordNearShort(backup.capturedAtMs, model.nowMs)),
    span(wordAgo(backup.capturedAtMs, model.nowMs), 'muted'),
    span(checkWord(backup, model.nowMs), checkTone(backup)),
    ...(anyPinned ? [span(backup.pinned === true ? words.pinned : '')] : []),
    ...(anyLocked ? [span(backup.encryption === undefined ? '' : words.lock)] : []),
    span(whereWords(backup), 'muted'),
  ];
  const { items, filter, total, loading } = backups;
  const count = filter === '' ? allWords(items.length, total) : words.filtered(total, filter);
  return {
    kind: 'list',
    id,
    title: [...line(` ${words.list}`, 'heading'), span(`  ${count}`, 'muted')],
    header: columns.header,
    count: items.length,
    min: 5,
    keyOf: (index) => items[index]?.id ?? '',
    row: (index, width) => {
      const backup = items[index];
      return backup === undefined ? [] : columns.row(cells(backup), width);
    },
    empty: emptyWords(loading, filter, snapshot?.application !== undefined),
    open: (index) => {
      const backup = items[index];
      return backup === undefined ? { command: 'back' } : open(backup);
    },
  };
}

function allWords(shown: number, total: number): string {
  return shown < total && shown > 0 ? words.newest(shown, total) : words.count(total);
}

function emptyWords(loading: boolean, filter: string, configured: boolean): readonly string[] {
  if (loading) return [texts.workbench.loading];
  if (filter !== '') return [words.noneMatch];
  return configured ? words.none : texts.overview.welcome;
}

/** The destination, and in how many places more it lies: "local +1". */
function whereWords({ store = words.outside, copies = [] }: Backup): string {
  return copies.length === 0 ? store : `${store} +${copies.length}`;
}
