import { basename } from 'node:path';
import type { Argument, ArgumentKind } from '../commands/command.ts';
import { findCommand } from '../commands/registry.ts';
import type { Model } from '../screens/bench.ts';
import { lostRecoveries, recoveryOf } from '../store/lost-recoveries.ts';
import type { PickerMode, PickerState } from '../store/overlay-state.ts';
import { wordNear } from '../texts/moment.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import { wordSchedule } from '../texts/word-schedule.ts';
import type { PickerItem } from './picker-item.ts';

type ArgumentMode = Extract<PickerMode, { kind: 'argument' }>;

/** The first argument a command needs and was not given yet. */
export function missingArgument(
  command: string,
  args: Readonly<Record<string, unknown>>,
): Argument | undefined {
  return findCommand(command)?.args.find(
    (argument) => isNeeded(argument, args) && args[argument.name] === undefined,
  );
}

function isNeeded({ required, unless }: Argument, args: Readonly<Record<string, unknown>>) {
  return required === true || (unless !== undefined && args[unless] === undefined);
}

/** Values to choose from for the argument that is asked. */
export function argumentItems(
  model: Model,
  mode: ArgumentMode,
  typed: string,
): readonly PickerItem[] {
  const argument = findCommand(mode.command)?.args.find(({ name }) => name === mode.asks);
  if (argument === undefined) return [];
  const values =
    argument.kind === 'path' || argument.kind === 'text'
      ? typedPath(typed)
      : valuesOf(model, argument.kind, argument.choices ?? []);
  return values.map(({ value, title, detail }) => ({
    id: String(value),
    group: '',
    title,
    detail,
    action: { command: mode.command, args: { ...mode.args, [mode.asks]: value } },
  }));
}

interface Value {
  readonly value: string | number;
  readonly title: string;
  readonly detail: string;
}

function valuesOf(model: Model, kind: ArgumentKind, choices: readonly string[]): readonly Value[] {
  const { state, nowMs } = model;
  const { snapshot } = state;
  switch (kind) {
    case 'backup':
      return state.backups.items.map(({ id, path, capturedAtMs }) => ({
        value: id,
        title: basename(path),
        detail: wordNear(capturedAtMs, nowMs),
      }));
    case 'service':
      return (snapshot?.services ?? []).map(({ id, health }) =>
        plain(id, texts.states.health[health]),
      );
    case 'schedule':
      return (snapshot?.schedules ?? []).map(({ id, settings, words }) =>
        plain(id, wordSchedule(settings, words)),
      );
    case 'store':
      return (snapshot?.stores ?? []).map(({ id, path }) => plain(id, path));
    case 'undo':
      return (snapshot?.undos ?? []).map(({ id, title }) => ({ value: id, title, detail: '' }));
    case 'recovery':
      return lostRecoveries(snapshot).map((job) => ({
        value: recoveryOf(job) ?? 0,
        title: job.title,
        detail: '',
      }));
    case 'job':
      return (snapshot?.jobs ?? []).map(({ id, title }) => ({
        value: id,
        title: `${id} ${title}`,
        detail: '',
      }));
    case 'alarm':
      return (snapshot?.alarms ?? [])
        .filter(({ state: now }) => now === 'open')
        .map(({ id, text }) => ({ value: id, title: `${id} ${text}`, detail: '' }));
    case 'choice':
      return choices.map((choice) => plain(choice, ''));
    case 'text':
    case 'number':
    case 'flag':
    case 'path':
    case 'topic':
      return [];
    default:
      return kind satisfies never;
  }
}

/** There is no list to choose from: what was typed is the one value. */
function typedPath(typed: string): readonly Value[] {
  return typed.trim() === '' ? [] : [plain(typed.trim(), '')];
}

function plain(value: string, detail: string): Value {
  return { value, title: value, detail };
}

/** What the palette asks while it gathers arguments: "Verify a backup: a backup: its id, ...". */
export function argumentQuestion(picker: PickerState): string {
  if (picker.mode.kind !== 'argument') return '';
  const { command, asks } = picker.mode;
  const found = findCommand(command);
  const argument = found?.args.find(({ name }) => name === asks);
  return `${spoken(found?.title ?? command)}: ${spoken(argument?.description ?? asks)}`;
}
