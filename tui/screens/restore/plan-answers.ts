import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import { bringsNothing } from '../../commands/report/plan/brings-nothing.ts';
import { rowKeyText } from '../../commands/restore/row-key.ts';
import type { ActionArgs } from '../../store/action.ts';
import { texts } from '../../texts/texts.ts';
import type { Button } from '../../widgets/section.ts';
import { roomButtons, withConsent } from './plan-choices.ts';

const words = texts.restore;

/** What is newer than the backup, over all that the plan replaces. */
export interface Newer {
  readonly rows: number;
  readonly files: number;
}

export function newerThan({ changes, merges = [] }: RestorePlan): Newer {
  const inParts = merges.flatMap((merge) => merge.tables ?? []);
  const exact = new Set(
    merges.flatMap(({ source, tables }) => (tables === undefined ? [] : source)),
  );
  const tables = changes
    .filter(({ source }) => !exact.has(source))
    .flatMap((change) => change.tables ?? []);
  const files = changes.flatMap((change) => change.files ?? []);
  return {
    rows: sum([
      ...inParts.map(({ overwritten, deleted }) => overwritten + (deleted ?? 0)),
      ...tables.map(({ inserted, changed, liveRows, backupRows }) =>
        inserted === undefined ? Math.max(0, liveRows - backupRows) : inserted + (changed ?? 0),
      ),
    ]),
    files: sum(files.map(({ newer, changed }) => newer + changed)),
  };
}

/** The question that a plan asks; undefined: it was answered, or there is none. */
export function questionOf(plan: RestorePlan): string | undefined {
  if (plan.mode !== undefined && plan.mode.kind !== 'replace') return undefined;
  const { rows, files } = newerThan(plan);
  if (rows + files > 0)
    return whyNotKept(plan) === undefined
      ? words.question(rows, files)
      : words.newerGoes(rows, files);
  const isCompared = plan.changes.every(({ problem }) => problem === undefined);
  return isCompared ? words.nothingNewer : words.nothingCounted;
}

/** What can be done with a plan. None of them is the preset: the focus stays on the text. */
export function answersOf(plan: RestorePlan, job: number): readonly Button[] {
  const back: Button = { id: 'plan.back', label: words.back, action: { command: 'restore.up' } };
  return [back, ...actingButtons(plan), ...otherWays(plan, job), ...roomButtons(plan, job)];
}

function actingButtons(plan: RestorePlan): readonly Button[] {
  const disabled =
    plan.obstacles.length > 0 ? words.cannot : bringsNothing(plan) ? words.nothingToDo : undefined;
  const run = (label: string, more: ActionArgs = {}): Button => {
    const action = withConsent(plan, {
      command: 'restore.run',
      args: { plan: plan.id, ...more },
    });
    return { id: 'plan.run', label, action, disabled };
  };
  if (plan.mode?.kind === 'elsewhere') {
    return [run(words.unpack, { elsewhere: plan.mode.folder, confirmed: true })];
  }
  if (plan.mode?.kind === 'beside')
    return [run(words.loadBeside, { beside: true, confirmed: true })];
  if (plan.mode?.kind === 'merge') return [run(words.runKeeping, { 'keep-newer': true })];
  const { rows, files } = newerThan(plan);
  if (rows + files === 0) return [run(words.run)];
  const keeps = { ...askedAgain(plan), 'keep-newer': true };
  return [
    run(words.drop),
    {
      id: 'plan.keep',
      label: words.keep,
      action: { command: 'restore.plan', args: keeps },
      disabled: whyNotKept(plan),
    },
  ];
}

/** What is in a server comes back as it was. */
function whyNotKept(plan: RestorePlan): string | undefined {
  if (hasTables(plan)) return words.tablesExact;
  const isExact = plan.changes.some((change) => change.wholeTables ?? change.wholeOnly ?? false);
  return isExact ? words.serversExact : undefined;
}

function otherWays(plan: RestorePlan, job: number): readonly Button[] {
  const isReplace = plan.mode === undefined || plan.mode.kind === 'replace';
  if (!isReplace) return [];
  const folder: Button = {
    id: 'plan.folder',
    label: words.toFolder,
    action: { command: 'restore.to-folder', args: { job } },
    disabled: hasTables(plan) ? words.noTablesThere : undefined,
  };
  const beside: Button = {
    id: 'plan.beside',
    label: words.beside,
    action: { command: 'restore.plan', args: { ...askedAgain(plan), beside: true } },
  };
  if (hasTables(plan) && plan.changes.every(({ wholeTables }) => wholeTables === true))
    return [beside];
  const part: Button = {
    id: 'plan.part',
    label: words.onlyPart,
    action: { command: 'restore.part', args: { job, path: '' } },
  };
  return plan.parts === undefined ? [folder, part] : [folder];
}

function hasTables({ parts = [] }: RestorePlan): boolean {
  return parts.some(({ tables }) => tables !== undefined);
}

/** The arguments that make this plan again: the same backup, the same parts. */
export function askedAgain({ backup, parts = [] }: RestorePlan): Record<string, unknown> {
  const only = parts.flatMap(({ source, paths, tables }) => {
    if (paths !== undefined) return paths.map((path) => `${source}/${path}`);
    return tables === undefined ? [source] : [];
  });
  const tables = parts.flatMap(({ source, tables: some = [] }) =>
    some.map(({ table, keys }) => ({ name: `${source}.${table}`, keys })),
  );
  const table = tables.flatMap(({ name, keys }) => (keys === undefined ? [name] : []));
  const row = tables.flatMap(({ name, keys = [] }) =>
    keys.map((key) => `${name}=${rowKeyText(key)}`),
  );
  return {
    backup: backup.store === undefined ? backup.path : backup.id,
    ...(only.length === 0 ? {} : { only }),
    ...(table.length === 0 ? {} : { table }),
    ...(row.length === 0 ? {} : { row }),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
