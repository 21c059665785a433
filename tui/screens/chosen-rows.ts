import type { Arguments, Command } from '../commands/command.ts';
import { commandLine } from '../commands/command-line.ts';
import { findCommand } from '../commands/registry.ts';
import type { Action } from '../store/action.ts';
import type { DialogButton } from '../store/overlay-state.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import type { BuiltList } from '../widgets/build-list.ts';
import { selectedIndex } from '../widgets/draw-list.ts';
import type { Copyable } from '../widgets/section.ts';
import type { Bench, Model } from './bench.ts';
import { refusingButton } from './refusing-button.ts';

const words = texts.lists;
const namedAtMost = 8;

/** The row that the list has selected. */
export function selectedIn<T>({ ui }: Pick<Model, 'ui'>, list: BuiltList<T>): T | undefined {
  return list.shown[selectedIndex(list, ui.places[list.id])];
}

/** The rows that a command is for: the marked ones, or else the selected one. */
export function chosenIn<T>(model: Pick<Model, 'ui'>, list: BuiltList<T>): readonly T[] {
  if (list.marked.length > 0) return list.marked;
  const row = selectedIn(model, list);
  return row === undefined ? [] : [row];
}

/** A command for each of some rows. */
export interface RowOrder<T> {
  readonly title: string;
  /** The title of several, where it is not that of their command. */
  readonly titleOfSeveral?: ((count: number) => string) | undefined;
  readonly action: (row: T) => Action;
  readonly nameOf: (row: T) => string;
  /** What the question about several says; without it their names. */
  readonly says?: ((rows: readonly T[]) => readonly string[]) | undefined;
  /** What stands below the names of several: what becomes of all of them. */
  readonly warns?: readonly string[] | undefined;
  /** What a command asks to be typed for one row; of several their number is typed once for all. */
  readonly confirmation?: (row: T) => string;
}

/** One row as ever; of several one question for all, where the command asks any. */
export function orderForAll<T>(bench: Bench, rows: readonly T[], order: RowOrder<T>): void {
  const [first] = rows;
  if (first === undefined) {
    bench.notify('warning', texts.workbench.noSelection);
    return;
  }
  // Some of the marked ones may not be in the way for it, such as jobs that are over.
  const able = rows.filter((row) => findCommand(order.action(row).command) !== undefined);
  const command = able[0] && findCommand(order.action(able[0]).command);
  if (able.length <= 1 || command === undefined) bench.run(order.action(able[0] ?? first));
  else if (!asks(command, bench.model())) {
    const actions = able.map(order.action);
    bench.runAll(actions, titleOfAll(actions, order));
  } else askForAll(bench, able, order, command.danger === 'type-name');
}

/** As one of them alone would. */
function asks({ danger, reads }: Command, { settings }: Pick<Model, 'settings'>): boolean {
  return danger !== 'none' || (settings.confirmations === 'always' && reads !== true);
}

function askForAll<T>(
  bench: Bench,
  rows: readonly T[],
  order: RowOrder<T>,
  isTyped: boolean,
): void {
  const { action, confirmation } = order;
  const actions = rows.map((row): Action => {
    const { command, args } = action(row);
    return confirmation === undefined
      ? { command, args: args ?? {} }
      : { command, args: { ...args, confirm: confirmation(row) } };
  });
  const title = titleOfAll(actions, order);
  const expected = words.typeCount(rows.length);
  const buttons: readonly DialogButton[] = [
    refusingButton(actions[0]?.command ?? ''),
    {
      label: texts.workbench.copyCommand,
      action: { command: 'copy', args: { text: actions.map(asCommand).join('\n') } },
    },
    { label: title, action: { command: 'list.run-all', args: { actions, title } } },
  ];
  bench.ask({
    title,
    body: [...(order.says?.(rows) ?? namesOf(rows, order)), ...(order.warns ?? [])],
    tone: isTyped ? 'error' : 'warning',
    buttons,
    ...(isTyped ? { typed: { expected, field: { text: '', caret: 0 } } } : {}),
  });
}

function titleOfAll<T>(
  actions: readonly Action[],
  { title, titleOfSeveral }: Pick<RowOrder<T>, 'title' | 'titleOfSeveral'>,
): string {
  return titleOfSeveral?.(actions.length) ?? titleForAll(actions, spoken(title));
}

/** `title`: of what is done to one, for commands that differ or have no word for several. */
export function titleForAll(actions: readonly Action[], title: string): string {
  const [first, ...others] = actions.map(({ command }) => command);
  const several: Readonly<Record<string, (count: number) => string>> = words.several;
  const isOne = others.every((command) => command === first);
  const worded = isOne && first !== undefined ? several[first] : undefined;
  return worded?.(actions.length) ?? words.forAll(title, actions.length);
}

function namesOf<T>(rows: readonly T[], { nameOf }: RowOrder<T>): readonly string[] {
  const named = rows.slice(0, namedAtMost).map(nameOf);
  const rest = rows.length - named.length;
  return [...named, ...(rest > 0 ? [words.andMore(rest)] : [])];
}

/** The command line that does the same; '' where there is none. */
export function asCommand({ command: id, args = {} }: Action): string {
  const command = findCommand(id);
  return command === undefined ? '' : (commandLine(command, args as Arguments) ?? '');
}

/** Command lines of what can be done with a row, to be copied. */
export function commandCopies(actions: readonly Action[]): readonly Copyable[] {
  return actions.flatMap((action) => {
    const title = spoken(findCommand(action.command)?.title ?? '');
    const text = asCommand(action);
    return text === '' ? [] : [{ title: words.asCommand(title), text }];
  });
}
