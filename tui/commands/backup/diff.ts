import type { BackupDiff, DiffEntry } from '../../../protocol/domain/diff.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import { backupDiff, backupDiffEntries } from '../../../protocol/methods/diff.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf } from '../read-arguments.ts';
import { backupReference } from '../reference.ts';
import { diffLines, diffSummaryLines, entryLine, rowsHint } from '../report/diff-lines.ts';
import { givenSecrets, secretArguments } from '../secrets.ts';

/** Names that are fetched at once. */
const pageSize = 1_000;

export const backupDiffCommand = defineCommand('backup.diff', {
  cli: ['backup', 'diff'],
  args: [
    { name: 'from', kind: 'backup', positional: true, required: true },
    { name: 'to', kind: 'backup', positional: true, required: true },
    { name: 'rows', kind: 'flag' },
    { name: 'all', kind: 'flag' },
    ...secretArguments,
  ],
  when: 'hasBackups',
  danger: 'none',
  reads: true,
  startsJob: true,
  examples: [
    'kedge backup diff 0f3a9c1e latest',
    'kedge backup diff 0f3a9c1e 7be21d04 --rows --all',
    'kedge backup diff /mnt/usb/old_full.tar.zst latest --json',
  ],
  async run(context, args) {
    const order = {
      before: await backupReference(context, args, 'from'),
      after: await backupReference(context, args, 'to'),
      rows: flagOf(args, 'rows'),
      ...(await givenSecrets(context, args)),
    };
    const { job } = await context.call(backupDiff, order, context.signal);
    const all = flagOf(args, 'all');
    return { kind: 'job', job, report: (ended, json) => report(context, ended, json, all) };
  },
});

async function report(context: CommandContext, job: Job, json: boolean, all: boolean) {
  const diff = diffOf(job);
  if (diff === undefined) return { data: { job }, lines: [] };
  if (json) {
    const list = { key: 'entries', pages: pages(context, job.id) };
    return { data: { job }, lines: [], list };
  }
  if (!all) return { data: { job }, lines: diffLines(diff) };
  // Page by page: there may be as many as there are files.
  for await (const page of pages(context, job.id)) context.show(page.map(entryLine));
  return { data: { job }, lines: [...diffSummaryLines(diff), ...rowsHint(diff)] };
}

function diffOf({ state }: Job): BackupDiff | undefined {
  return state.kind === 'done' && state.result.kind === 'diff' ? state.result.diff : undefined;
}

async function* pages(
  { call, signal }: CommandContext,
  job: number,
): AsyncGenerator<readonly DiffEntry[]> {
  for (let at: number | undefined = 0; at !== undefined; ) {
    const page: { entries: readonly DiffEntry[]; next?: number | undefined } = await call(
      backupDiffEntries,
      { job, at, limit: pageSize },
      signal,
    );
    yield page.entries;
    at = page.next;
  }
}
