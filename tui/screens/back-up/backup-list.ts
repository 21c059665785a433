import type { Backup } from '../../../protocol/domain/backup.ts';
import { fetchCommand } from '../../host/copy-command.ts';
import type { Action } from '../../store/action.ts';
import type { BackupPages } from '../../store/state.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { momentCells, wordAgo, wordNearShort, wordSpan } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { line, span } from '../../widgets/line.ts';
import type { ListColumn } from '../../widgets/list-spec.ts';
import type { Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';
import { backupName, checkTone, checkWord } from './backup-words.ts';

const words = texts.backUp;

/** The backups at hand, newest first. What Enter does differs between screens. */
export function backupList(
  model: Model,
  id: string,
  open: (backup: Backup) => Action,
): BuiltList<Backup> {
  const { backups, snapshot } = model.state;
  const { items, filter, total } = backups;
  const count = filter === '' ? allWords(items.length, total) : words.filtered(total, filter);
  return buildList(model, {
    id,
    title: [...line(` ${words.list}`, 'heading'), span(`  ${count}`, 'muted')],
    rows: items,
    columns: columnsOf(model),
    min: 5,
    markable: true,
    filteredOf: total,
    keyOf: (backup) => backup.id,
    open,
    copies: (backup) => [
      { title: texts.lists.id, text: backup.id },
      { title: texts.lists.path, text: backup.path },
      { title: words.details.fetch, text: fetchCommand(backup, model.state.server) },
      ...commandCopies(
        [...offers, backup.pinned === true ? 'backup.unpin' : 'backup.pin'].map((command) => ({
          command,
          args: { backup: backup.id },
        })),
      ),
    ],
    empty: emptyWords(backups, snapshot?.application !== undefined),
  });
}

/** What can be done with one, as far as a command line does it. */
const offers = ['restore.run', 'backup.verify', 'drill', 'backup.browse', 'backup.delete'];

function columnsOf(model: Model): readonly ListColumn<Backup>[] {
  const { items } = model.state.backups;
  const { columns } = words;
  const isUsed = (has: (backup: Backup) => boolean): boolean => items.some(has);
  // "proven 59 min" is one cell longer than all other words.
  const longest = words.check.proven(wordSpan(59 * 60)).length;
  const checkCells = isUsed(({ proven }) => proven !== undefined) ? longest : 12;
  return [
    {
      id: 'name',
      title: columns.name,
      width: 'rest',
      min: 26,
      cell: (backup) => span(backupName(backup), 'strong'),
    },
    {
      id: 'kind',
      title: columns.kind,
      width: longestWord(words.kinds, 4),
      drop: 3,
      cell: ({ kind }) => words.kinds[kind],
    },
    {
      id: 'size',
      title: columns.size,
      width: 8,
      align: 'right',
      drop: 2,
      cell: ({ sizeBytes }) => formatBytes(sizeBytes),
      sortBy: ({ sizeBytes }) => sizeBytes,
    },
    {
      id: 'time',
      title: columns.time,
      width: 10,
      cell: ({ capturedAtMs }) => wordNearShort(capturedAtMs, model.nowMs),
      sortBy: ({ capturedAtMs }) => capturedAtMs,
    },
    {
      id: 'age',
      title: columns.age,
      width: momentCells('ago', 10),
      drop: 5,
      cell: ({ capturedAtMs }) => span(wordAgo(capturedAtMs, model.nowMs), 'muted'),
      sortBy: ({ capturedAtMs }) => -capturedAtMs,
    },
    {
      id: 'check',
      title: columns.check,
      width: checkCells,
      cell: (backup) => span(checkWord(backup, model.nowMs), checkTone(backup)),
    },
    {
      id: 'pinned',
      title: columns.pin,
      width: 3,
      drop: 1,
      extra: !isUsed(({ pinned }) => pinned === true),
      cell: ({ pinned }) => (pinned === true ? words.pinned : ''),
    },
    {
      id: 'encryption',
      title: columns.lock,
      width: 9,
      drop: 6,
      extra: !isUsed(({ encryption }) => encryption !== undefined),
      cell: ({ encryption }) => (encryption === undefined ? '' : words.lock),
    },
    {
      id: 'where',
      title: columns.where,
      width: 10,
      drop: 4,
      cell: (backup) => span(whereWords(backup), 'muted'),
    },
    {
      id: 'origin',
      title: columns.origin,
      width: 10,
      extra: true,
      cell: ({ origin, schedule }) => schedule ?? origin,
    },
    {
      id: 'host',
      title: columns.version,
      width: 10,
      extra: true,
      cell: ({ applicationVersion = '' }) => applicationVersion,
    },
  ];
}

function allWords(shown: number, total: number): string {
  return shown < total && shown > 0 ? words.newest(shown, total) : words.count(total);
}

function emptyWords(
  { loading, filter, failure }: BackupPages,
  configured: boolean,
): readonly string[] {
  if (loading) return [texts.workbench.loading];
  if (failure !== undefined) {
    const { message, hint } = wordFailure(failure);
    return hint === undefined ? [message] : [message, hint];
  }
  if (filter !== '') return texts.lists.noneMatch(filter);
  return configured ? words.none : texts.overview.welcome;
}

/** The destination, and in how many places more it lies: "local +1". */
function whereWords({ store = words.outside, copies = [] }: Backup): string {
  return copies.length === 0 ? store : `${store} +${copies.length}`;
}
