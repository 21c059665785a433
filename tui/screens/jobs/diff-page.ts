import type { BackupDiff, DiffEntry, FileVersion } from '../../../protocol/domain/diff.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import { backupDiffEntries } from '../../../protocol/methods/diff.ts';
import { diffSummaryLines } from '../../commands/report/diff-lines.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { texts, diffTexts as words } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { line, span } from '../../widgets/line.ts';
import type { ListColumn } from '../../widgets/list-spec.ts';
import type { Section } from '../../widgets/section.ts';
import type { Bench, Model } from '../bench.ts';

/** Names that are read at most; the command line lists any number. */
const entriesAtMost = 5_000;
const pageSize = 1_000;

export function diffOf({ state }: Job): BackupDiff | undefined {
  return state.kind === 'done' && state.result.kind === 'diff' ? state.result.diff : undefined;
}

/** What a diff found, in the place of its log: in numbers, and name by name. */
export function diffSections(model: Model, job: number, diff: BackupDiff): readonly Section[] {
  const summary = diffSummaryLines(diff).slice(diff.entries === 0 ? 0 : 1);
  return [
    { kind: 'lines', lines: summary.map((text) => line(` ${text}`)), drop: 2 },
    ...(diff.entries === 0 ? [] : [entryList(model, job)]),
  ];
}

function entryList(model: Model, job: number): BuiltList<DiffEntry> {
  const { diffEntries: read } = model.ui.data;
  const isThis = read?.about === String(job);
  return buildList(model, {
    id: 'job.diff',
    rows: isThis && read.kind === 'ready' ? read.value : [],
    columns: columns(),
    min: 4,
    keyOf: ({ name, change }) => `${change} ${name}`,
    copies: ({ name }) => [{ title: texts.lists.path, text: name }],
    empty: [
      isThis && read.kind === 'failed'
        ? wordFailure(read.failure).message
        : texts.workbench.loading,
    ],
  });
}

const tones: Readonly<Record<DiffEntry['change'], Tone>> = {
  removed: 'warning',
  changed: 'accent',
  added: 'ok',
};

const columns = (): readonly ListColumn<DiffEntry>[] => [
  {
    id: 'change',
    title: words.list.change,
    width: 8,
    cell: ({ change }) => span(words.change[change], tones[change]),
  },
  { id: 'name', title: words.list.name, width: 'rest', min: 24, cell: ({ name }) => name },
  {
    id: 'what',
    title: words.list.what,
    width: 14,
    drop: 1,
    cell: ({ what = [] }) => what.map((one) => words.what[one]).join(formats().comma),
  },
  {
    id: 'before',
    title: words.columns.before,
    width: 9,
    align: 'right',
    drop: 2,
    cell: ({ before }) => sizeOf(before),
    sortBy: ({ before }) => before?.sizeBytes,
  },
  {
    id: 'after',
    title: words.columns.after,
    width: 9,
    align: 'right',
    cell: ({ after }) => sizeOf(after),
    sortBy: ({ after }) => after?.sizeBytes,
  },
];

function sizeOf(version: FileVersion | undefined): string {
  if (version === undefined) return '';
  return version.kind === 'file' ? formatBytes(version.sizeBytes) : version.kind;
}

/** Reads the names, one page after the other. */
export function readDiff(bench: Bench, job: number): void {
  bench.load('diffEntries', String(job), async () => {
    const entries: DiffEntry[] = [];
    let at: number | undefined = 0;
    while (at !== undefined && entries.length < entriesAtMost) {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(bench, job, at);
      entries.push(...page.entries);
      at = page.next;
    }
    return entries;
  });
}

async function readPage({ session }: Bench, job: number, at: number) {
  return await session.call(backupDiffEntries, { job, at, limit: pageSize });
}
