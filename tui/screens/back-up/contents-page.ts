import type { BrowseEntry } from '../../../protocol/domain/backup.ts';
import { backupBrowse } from '../../../protocol/methods/backup.ts';
import type { Page } from '../../store/ui-state.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordNearShort } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { span } from '../../widgets/line.ts';
import type { ListColumn } from '../../widgets/list-spec.ts';
import type { Section } from '../../widgets/section.ts';
import type { Bench, Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';
import { noteLines } from '../page-lines.ts';
import { shortName } from './backup-words.ts';

const words = texts.backUp.contents;
export const contentsListId = 'backup.contents';
/** The most that is asked for at once. */
const entriesAtMost = 1_000;

export type ContentsPage = Extract<Page, { kind: 'contents' }>;

/** What is in a backup, folder by folder, sources first. */
export function contentsSections(model: Model, page: ContentsPage): readonly Section[] {
  const isRoot = page.path === '';
  return [
    contentsList(model, page),
    { kind: 'lines', lines: noteLines(noteOf(model, page), model.editorColumns), drop: 1 },
    {
      kind: 'buttons',
      buttons: [
        { id: 'contents.up', label: words.up, action: { command: 'backups.contents-up' } },
        {
          id: 'contents.extract',
          label: words.extract,
          action: { command: 'backups.extract' },
          disabled: isRoot || contentsList(model, page).count > 0 ? undefined : words.nothing,
        },
      ],
    },
  ];
}

export function contentsList(model: Model, { backup, path }: ContentsPage): BuiltList<BrowseEntry> {
  const read = model.ui.data.contents;
  const isThis = read?.about === `${backup} ${path}`;
  const entries = isThis && read.kind === 'ready' ? read.value.entries : [];
  const name = model.state.backups.items.find(({ id }) => id === backup)?.path ?? backup;
  return buildList(model, {
    id: contentsListId,
    title: [
      span(` ${words.title(shortName(name))}`, 'heading'),
      span(path === '' ? '' : `  ${path}/`, 'strong'),
    ],
    rows: entries,
    columns: columnsOf(model),
    min: 5,
    markable: true,
    keyOf: (entry) => pathOf(path, entry),
    open: (entry) =>
      path === '' || entry.kind === 'directory'
        ? { command: 'backups.contents', args: { backup, path: pathOf(path, entry) } }
        : { command: 'backups.extract' },
    copies: (entry) => [
      { title: texts.lists.path, text: pathOf(path, entry) },
      ...commandCopies([
        { command: 'backup.extract', args: { backup, path: [pathOf(path, entry)], to: '.' } },
        { command: 'restore.run', args: { backup, only: [pathOf(path, entry)] } },
      ]),
    ],
    empty: [emptyWords(isThis ? read : undefined)],
  });
}

function columnsOf({ nowMs }: Model): readonly ListColumn<BrowseEntry>[] {
  const { columns } = words;
  return [
    {
      id: 'name',
      title: columns.name,
      width: 'rest',
      min: 20,
      cell: ({ name, kind }) => (kind === 'directory' ? span(`${name}/`, 'strong') : name),
    },
    {
      id: 'kind',
      title: columns.kind,
      width: 9,
      drop: 2,
      cell: ({ kind }) => words.kinds[kind],
    },
    {
      id: 'size',
      title: columns.size,
      width: 10,
      align: 'right',
      cell: ({ kind, sizeBytes }) => (kind === 'file' ? formatBytes(sizeBytes) : ''),
      sortBy: ({ kind, sizeBytes }) => (kind === 'file' ? sizeBytes : undefined),
    },
    {
      id: 'changed',
      title: columns.changed,
      width: 12,
      drop: 1,
      // What Kedge itself put there has none.
      cell: ({ modifiedMs }) => (modifiedMs > 0 ? wordNearShort(modifiedMs, nowMs) : ''),
      sortBy: ({ modifiedMs }) => modifiedMs,
    },
  ];
}

export function pathOf(folder: string, { name }: BrowseEntry): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function emptyWords(read: Model['ui']['data']['contents']): string {
  if (read?.kind === 'failed') return wordFailure(read.failure).message;
  return read?.kind === 'ready' ? words.empty : texts.workbench.loading;
}

/** What Enter does, or that there is more than is shown. */
function noteOf(model: Model, page: ContentsPage): string {
  const { backup, path } = page;
  const { contents: read } = model.ui.data;
  const note = isOfServer(model, page) ? words.noteOfServer : words.note;
  if (read?.kind !== 'ready' || read.about !== `${backup} ${path}`) return note;
  const { entries, total } = read.value;
  return entries.length < total ? words.more(entries.length, total) : note;
}

/** Engines whose members are files that lay on this machine. */
const filed: ReadonlySet<string> = new Set(['files', 'settings', 'sqlite']);

function isOfServer({ state }: Model, { backup, path }: ContentsPage): boolean {
  const [source] = path.split('/');
  const about = state.backups.items.find(({ id }) => id === backup);
  const engine = about?.sources.find(({ name }) => name === source)?.engine;
  return engine !== undefined && !filed.has(engine);
}

export function loadContents(bench: Bench, { backup, path }: ContentsPage): void {
  bench.load('contents', `${backup} ${path}`, async () => {
    const query = {
      backup: { kind: 'id', id: backup },
      path,
      offset: 0,
      limit: entriesAtMost,
    } as const;
    return await bench.session.call(backupBrowse, query);
  });
}
