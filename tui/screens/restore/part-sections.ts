import type { BrowseEntry } from '../../../protocol/domain/backup.ts';
import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import type { Action } from '../../store/action.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordNearShort } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { emptyLine, span } from '../../widgets/line.ts';
import type { ListColumn } from '../../widgets/list-spec.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { noteLines } from '../page-lines.ts';
import { guide } from './guide.ts';
import { askedAgain } from './plan-answers.ts';
import { planOf } from './plan-sections.ts';

const words = texts.restore;

/** A row of the picker: a source, a table, or what lies in a folder of the backup. */
export interface PartRow {
  readonly name: string;
  readonly size: string;
  readonly changed: string;
  /** What size and time are sorted by. */
  readonly bytes: number;
  readonly changedMs?: number;
  /** As `--only` or `--table` take it. */
  readonly part: Record<string, readonly string[]>;
  /** Where Enter leads; absent: it is picked. */
  readonly inside?: string;
  /** Of a table: Enter leads to its rows. */
  readonly table?: string;
}

/** What can be picked at a place of the backup; undefined: it is not known yet. */
export function partRows(model: Model, job: number, path: string): readonly PartRow[] | undefined {
  const plan = planOf(model, job);
  if (plan === undefined) return undefined;
  if (path === '') return plan.changes.map((change) => sourceRow(change));
  const change = plan.changes.find(({ source }) => source === path);
  if (change?.tables !== undefined) {
    return change.tables.map(({ table: name, backupRows }) => ({
      name,
      size: words.rowCount(backupRows),
      bytes: backupRows,
      changed: '',
      part: { table: [`${path}.${name}`] },
      ...(change.wholeTables === true ? {} : { table: name }),
    }));
  }
  const browsed = model.ui.data.browse;
  if (browsed?.kind !== 'ready' || browsed.about !== browseAbout(plan, path)) return undefined;
  return browsed.value.map((entry) => entryRow(entry, path, model));
}

export const browseAbout = ({ backup }: RestorePlan, path: string): string =>
  `${backup.id} ${path}`;

function sourceRow(change: RestorePlan['changes'][number]): PartRow {
  const { source, engine, bytes, wholeOnly } = change;
  return {
    ...{ name: source, size: formatBytes(bytes), bytes, changed: engine },
    part: { only: [source] },
    ...(wholeOnly === true ? {} : { inside: source }),
  };
}

function entryRow(entry: BrowseEntry, folder: string, model: Model): PartRow {
  const path = `${folder}/${entry.name}`;
  const isFolder = entry.kind === 'directory';
  return {
    name: isFolder ? `${entry.name}/` : entry.name,
    size: entry.kind === 'file' ? formatBytes(entry.sizeBytes) : words.kinds[entry.kind],
    bytes: entry.sizeBytes,
    changed: wordNearShort(entry.modifiedMs, model.nowMs),
    changedMs: entry.modifiedMs,
    part: { only: [path] },
    ...(isFolder ? { inside: path } : {}),
  };
}

/** Sources first, then folders and files, or tables: Enter goes in, a button or Space picks. */
export function partSections(model: Model, job: number, path: string): readonly Section[] {
  const rows = partRows(model, job, path);
  return [
    guide(2, model.editorColumns),
    partList(model, job, path),
    {
      kind: 'lines',
      lines: [
        emptyLine,
        ...noteLines(holdsTables(rows) ? words.tableNote : words.partNote, model.editorColumns),
      ],
      drop: 2,
    },
    {
      kind: 'buttons',
      buttons: [
        { id: 'part.back', label: words.back, action: upFrom(job, path) },
        {
          id: 'part.pick',
          label: words.pick,
          action: { command: 'restore.pick', args: { job, path } },
          disabled: (rows?.length ?? 0) === 0 ? words.nothingToPick : undefined,
        },
      ],
    },
  ];
}

/** Of a database in a server: Enter leads nowhere but to a plan. */
function holdsTables(rows: readonly PartRow[] | undefined): boolean {
  return (
    rows?.some(({ part, table }) => part['table'] !== undefined && table === undefined) === true
  );
}

export function partList(model: Model, job: number, path: string): BuiltList<PartRow> {
  const rows = partRows(model, job, path);
  const { columns } = words;
  // Of a table nothing tells when it changed.
  const isOfTables = rows?.some(({ part }) => part['table'] !== undefined) === true;
  return buildList<PartRow>(model, {
    id: 'restore.parts',
    title: [span(` ${words.partOf(path)}`, 'heading')],
    rows: rows ?? [],
    columns: [
      { id: 'name', title: columns.name, width: 'rest', min: 20, cell: ({ name }) => name },
      {
        id: 'size',
        title: columns.size,
        width: 12,
        align: 'right',
        cell: ({ size }) => size,
        sortBy: ({ bytes }) => bytes,
      },
      ...(isOfTables ? [] : [changedColumn(path)]),
    ],
    min: 5,
    keyOf: ({ name }) => name,
    open: (row) => openRow(model, job, path, row),
    copies: ({ name }) => [
      { title: texts.lists.path, text: path === '' ? name : `${path}/${name}` },
    ],
    empty: [rows === undefined ? loadingWords(model) : words.emptyFolder],
  });
}

function changedColumn(path: string): ListColumn<PartRow> {
  return {
    id: 'changed',
    title: path === '' ? words.columns.engine : words.columns.changed,
    // The longest: "postgres-server".
    width: path === '' ? 16 : 12,
    drop: 1,
    cell: ({ changed }) => changed,
    sortBy: ({ changed, changedMs }) => changedMs ?? changed,
  };
}

function openRow(model: Model, job: number, path: string, row: PartRow): Action {
  if (row.table !== undefined) {
    return { command: 'restore.rows', args: { job, source: path, table: row.table } };
  }
  if (row.inside === undefined) return pickAction(model, job, row);
  return { command: 'restore.part', args: { job, path: row.inside } };
}

/** Plans a restore of this row alone. */
export function pickAction(model: Model, job: number, row: PartRow): Action {
  const plan = planOf(model, job);
  if (plan === undefined) return { command: 'back' };
  return { command: 'restore.plan', args: { ...askedAgain(plan), ...row.part } };
}

function upFrom(job: number, path: string): Action {
  if (path === '') return { command: 'restore.reopen', args: { job } };
  const above = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return { command: 'restore.part', args: { job, path: above } };
}

function loadingWords({ ui }: Model): string {
  return ui.data.browse?.kind === 'failed' ? words.cannotBrowse : texts.workbench.loading;
}
