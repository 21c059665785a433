import { basename } from 'node:path';
import type { TrashedBackup } from '../../protocol/domain/retention.ts';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import { accidents } from '../../protocol/methods/setup.ts';
import type { Command } from '../commands/command.ts';
import type { Model } from '../screens/bench.ts';
import { undoName } from '../screens/restore/undo-list.ts';
import type { ActionArgs } from '../store/action.ts';
import { formatBytes } from '../texts/bytes.ts';
import { formats } from '../texts/formats.ts';
import { consentTexts, planTexts, recoveryTexts, retentionTexts } from '../texts/texts.ts';

type Body = (args: ActionArgs, model: Model) => readonly string[];

const bodies: Readonly<Record<string, Body>> = {
  'restore.run': (args, { state }) => {
    const name = state.snapshot?.application?.name ?? '';
    const parts = partLines(args, state.snapshot);
    if (args['without-undo'] === true) return consentTexts.restoreForGood(name);
    const whole = args['keep-newer'] === true ? consentTexts.merge : consentTexts.restore;
    return [...parts, ...whole(name)];
  },
  'undo.run': (args, model) => consentTexts.undo(undoTitle(args, model)),
  'undo.remove': (args, model) => {
    const title = undoTitle(args, model);
    return args['forget'] === true
      ? consentTexts.forgetUndo(title)
      : consentTexts.removeUndo(title);
  },
  'recovery.give-up': (args) => recoveryTexts.consent(String(args['recovery'])),
  'backup.delete': (args, { state }) => {
    const backup = state.backups.items.find(({ id }) => id === args['backup']);
    return consentTexts.deleteBackup(backup?.path ?? String(args['backup']));
  },
  'retention.run': (_args, { ui }) => {
    const lines = ui.data.retentionNow?.kind === 'ready' ? ui.data.retentionNow.value : [];
    const going = lines.filter(({ verdict }) => verdict === 'goes');
    return lines.length === 0 ? [retentionTexts.runs] : retentionTexts.runConsent(going.length);
  },
  'trash.empty': (args, { ui }) => {
    const going = emptied(args, ui) ?? [];
    const bytes = going.reduce((sum, { backup }) => sum + backup.sizeBytes, 0);
    return going.length === 0
      ? [retentionTexts.empties]
      : retentionTexts.emptyBody(going.length, formatBytes(bytes));
  },
  'service.stop': (args, model) =>
    consentTexts.stop(String(args['service']), dependents(args, model)),
  'service.restart': (args, model) =>
    consentTexts.restart(String(args['service']), dependents(args, model)),
  'service.reset': (args) => {
    const chosen = args['service'];
    return consentTexts.reset(
      Array.isArray(chosen) ? chosen.join(formats().comma) : consentTexts.all,
    );
  },
  'job.cancel': (args, model) => consentTexts.cancel(jobTitle(args, model)),
  'job.retry': (args, model) => consentTexts.retry(jobTitle(args, model)),
  'schedule.remove': (args) => consentTexts.removeSchedule(String(args['schedule'])),
  'demo.accident': (args) => {
    const accident = accidents.find((one) => one === args['accident']);
    return accident === undefined ? [] : [consentTexts.accidents[accident]];
  },
  'demo.stop': () => [consentTexts.stopDemo],
};

/** What a dialog says before a command runs: what happens, to which thing. */
export function consentBody(command: Command, args: ActionArgs, model: Model): readonly string[] {
  return bodies[command.id]?.(args, model) ?? [command.summary];
}

/**
 * The text to type, as far as the window knows it already. The dialog must stand before the next key
 * comes: keys typed ahead would go to the screen behind it.
 */
export function knownConfirmation(
  command: Command,
  args: ActionArgs,
  { state, ui }: Model,
): string | undefined {
  if (command.id === 'backup.delete') {
    const backup = state.backups.items.find(({ id }) => id === args['backup']);
    return backup === undefined ? undefined : basename(backup.path);
  }
  if (command.id === 'space.clear') return offeredCount(args, ui);
  if (command.id === 'trash.empty') return emptiedName(args, ui);
  return byApplication.has(command.id) ? state.snapshot?.application?.name : undefined;
}

const byApplication: ReadonlySet<string> = new Set([
  ...['restore.run', 'undo.run', 'undo.remove', 'recovery.give-up'],
]);

/** As the page of free space says it. */
function offeredCount(args: ActionArgs, { data }: Model['ui']): string | undefined {
  if (data.space?.kind !== 'ready') return undefined;
  const offer = data.space.value
    .flatMap(({ offers }) => offers)
    .find(
      ({ command, args: of }) =>
        command === 'space.clear' && of['what'] === args['what'] && of['store'] === args['store'],
    );
  return offer?.count === undefined ? undefined : String(offer.count);
}

/** What would be removed for good, as far as the page of the trash knows it. */
function emptied(args: ActionArgs, { data }: Model['ui']): readonly TrashedBackup[] | undefined {
  if (data.trash?.kind !== 'ready') return undefined;
  const all = data.trash.value;
  const { backup } = args;
  if (backup === undefined) return all;
  const named = all.find((one) => one.backup.id === backup);
  if (named === undefined) return [];
  // Differentials of a full are worth nothing without it, and go with it.
  return [named, ...all.filter((one) => one !== named && one.backup.base === backup)];
}

function emptiedName(args: ActionArgs, ui: Model['ui']): string | undefined {
  const going = emptied(args, ui);
  const [first] = going ?? [];
  if (going === undefined || first === undefined) return undefined;
  return args['backup'] === undefined ? String(going.length) : basename(first.path);
}

/** Of a plan for a part: of which. */
function partLines({ plan: id }: ActionArgs, snapshot: Snapshot | undefined): readonly string[] {
  const plans = (snapshot?.jobs ?? []).flatMap(({ state }) =>
    state.kind === 'done' && state.result.kind === 'plan' ? [state.result.plan] : [],
  );
  const parts = plans.find((plan) => plan.id === id)?.parts ?? [];
  return parts.map(
    ({ source, paths = [], tables = [] }) =>
      `${planTexts.parts}: ${planTexts.part(
        source,
        paths,
        tables.map(({ table, keys }) => planTexts.tablePart(table, keys?.length)),
      )}`,
  );
}

function dependents(args: ActionArgs, { state }: Model): string {
  const services = state.snapshot?.services ?? [];
  const needing = services.filter(({ dependsOn }) => dependsOn.includes(String(args['service'])));
  return needing.map(({ id }) => id).join(formats().comma);
}

function jobTitle(args: ActionArgs, { state }: Model): string {
  const job = state.snapshot?.jobs.find(({ id }) => String(id) === String(args['job']));
  return job === undefined ? `job ${String(args['job'])}` : `Job ${job.id}: ${job.title}`;
}

function undoTitle(args: ActionArgs, { state, nowMs }: Model): string {
  const ready = (state.snapshot?.undos ?? []).filter((undo) => undo.state === 'ready');
  const { undo: asked } = args;
  const [newest] = ready.toSorted((a, b) => b.createdAtMs - a.createdAtMs);
  const undo = asked === undefined ? newest : ready.find(({ id }) => id === asked);
  return undo === undefined ? String(asked ?? '') : undoName(undo, nowMs);
}
