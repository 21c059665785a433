import { basename } from 'node:path';
import type { Command } from '../commands/command.ts';
import { commandLine } from '../commands/command-line.ts';
import { productCommands } from '../commands/registry.ts';
import type { Keybinding } from '../keys/keybinding.ts';
import { wordKey } from '../keys/keybinding.ts';
import type { Model, UiCommand } from '../screens/bench.ts';
import { jobStateWord } from '../screens/jobs/job-words.ts';
import type { Offer, PickerState } from '../store/overlay-state.ts';
import { viewIds } from '../store/ui-state.ts';
import { evaluateWhen, parseWhen } from '../store/when.ts';
import { wordNear } from '../texts/moment.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import { wordSchedule } from '../texts/word-schedule.ts';
import { argumentItems } from './argument-items.ts';
import { contextOf } from './context.ts';
import { disabledReason, reasonOfOwn } from './disabled-reason.ts';
import { leadFromPalette } from './leads.ts';
import { matchItems, type PickerItem } from './picker-item.ts';
import { recentsKept } from './recent-commands.ts';

export interface PickerSources {
  readonly commands: readonly UiCommand[];
  readonly bindings: readonly Keybinding[];
}

/** What the palette offers now, best match first. */
export function pickerItems(
  model: Model,
  picker: PickerState,
  sources: PickerSources,
): readonly PickerItem[] {
  const typed = picker.field.text;
  switch (picker.mode.kind) {
    case 'argument':
      return matchItems(argumentItems(model, picker.mode, typed), typed);
    case 'commands':
      return matchItems(commandItems(model, sources), typed.replace(/^[>:]/, ''));
    case 'go-to':
      return goToItems(model, sources, typed);
    case 'value':
      return [];
    case 'offers':
      return matchItems(picker.mode.offers.map(offerItem), typed);
    default:
      return picker.mode satisfies never;
  }
}

function offerItem(offer: Offer): PickerItem {
  return { ...offer, id: `${offer.title} ${offer.detail}`, group: '' };
}

/** Prefixes as in VS Code: `>` commands, `@` screens. */
function goToItems(model: Model, sources: PickerSources, typed: string): readonly PickerItem[] {
  if (typed.startsWith('>')) return matchItems(commandItems(model, sources), typed.slice(1));
  if (typed.startsWith('@')) return matchItems(viewItems(), typed.slice(1));
  return matchItems([...viewItems(), ...thingItems(model)], typed);
}

/** What was chosen of late comes first, then what the screen in front offers, then what the product does, then moving about. */
function commandItems(model: Model, sources: PickerSources): readonly PickerItem[] {
  const context = contextOf(model, { region: undefined });
  const here = texts.workbench.views[model.ui.view];
  const ours = sources.commands
    .filter((command) => command.internal !== true)
    .map((command) => ownItem(command, model, sources));
  const product = productCommands
    .filter((command) => isOffered(command, context))
    .map((command) => productItem(command, model, sources));
  const { view, panel, go, window } = texts.workbench.groups;
  const moving: ReadonlySet<string> = new Set([view, panel, go, window]);
  const rank = (item: PickerItem): number => {
    const recent = model.ui.recent.indexOf(item.id);
    if (recent >= 0) return recent - recentsKept;
    if (item.group === here) return 0;
    return moving.has(item.group) ? 2 : 1;
  };
  return [...product, ...ours].toSorted((a, b) => rank(a) - rank(b));
}

function ownItem(command: UiCommand, model: Model, sources: PickerSources): PickerItem {
  return {
    id: command.id,
    group: spoken(command.category),
    title: spoken(command.title),
    detail: keyOf(command.id, sources.bindings),
    disabled: worded(reasonOfOwn(command, model)),
    action: { command: command.id },
  };
}

/** With its key, or else its command line. */
function productItem(command: Command, model: Model, sources: PickerSources): PickerItem {
  const id = leadFromPalette(command.id) ?? command.id;
  const key = keyOf(id, sources.bindings);
  return {
    id: command.id,
    group: spoken(command.category),
    title: spoken(command.title),
    detail: key === '' ? (commandLine(command, {}) ?? '') : key,
    disabled: worded(disabledReason(command.id, model, [])),
    action: { command: id },
  };
}

function isOffered(command: Command, context: ReturnType<typeof contextOf>): boolean {
  if (command.needs === 'nothing' || command.id === 'demo.accident') return false;
  return command.when === undefined || evaluateWhen(parseWhen(command.when), context);
}

function worded(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : spoken(reason);
}

/** The shortest key of a command, as it is shown. */
function keyOf(command: string, bindings: readonly Keybinding[]): string {
  const keys = bindings.filter((one) => one.command === command && one.args === undefined);
  const shortest = keys.map(({ key }) => wordKey(key)).sort((a, b) => a.length - b.length)[0];
  return shortest ?? '';
}

function viewItems(): readonly PickerItem[] {
  return viewIds.map((view, index) => ({
    id: `view ${view}`,
    group: texts.workbench.picker.kinds.view,
    title: texts.workbench.views[view],
    detail: String(index + 1),
    action: { command: 'view.show', args: { view } },
  }));
}

function thingItems(model: Model): readonly PickerItem[] {
  const { state, nowMs } = model;
  const kinds = texts.workbench.picker.kinds;
  const snapshot = state.snapshot;
  return [
    ...(snapshot?.services ?? []).map(
      (service): PickerItem => ({
        id: `service ${service.id}`,
        group: kinds.service,
        title: service.id,
        detail: texts.states.health[service.health],
        action: { command: 'services.select', args: { service: service.id } },
      }),
    ),
    ...(snapshot?.schedules ?? []).map(
      (schedule): PickerItem => ({
        id: `schedule ${schedule.id}`,
        group: kinds.schedule,
        title: schedule.id,
        detail: wordSchedule(schedule.settings, schedule.words),
        action: { command: 'schedules.show', args: { schedule: schedule.id } },
      }),
    ),
    ...state.backups.items.map(
      (backup): PickerItem => ({
        id: `backup ${backup.id}`,
        group: kinds.backup,
        title: basename(backup.path),
        detail: wordNear(backup.capturedAtMs, nowMs),
        action: { command: 'backups.show', args: { backup: backup.id } },
      }),
    ),
    ...(snapshot?.jobs ?? []).map(
      (job): PickerItem => ({
        id: `job ${job.id}`,
        group: kinds.job,
        title: `${job.id} ${job.title}`,
        detail: jobStateWord(job),
        action: { command: 'jobs.show', args: { job: job.id } },
      }),
    ),
  ];
}
