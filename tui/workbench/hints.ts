import type { Keybinding } from '../keys/keybinding.ts';
import type { Model } from '../screens/bench.ts';
import { evaluateWhen, parseWhen } from '../store/when.ts';
import { selectedIndex } from '../widgets/draw-list.ts';
import type { Button } from '../widgets/section.ts';
import { contextOf } from './context.ts';
import type { Frame, FrameSources } from './frame.ts';

/** The keys worth showing here: those with a hint that do something now, each key once, the nearest first. */
export function hintsFor(
  model: Model,
  { bindings, reasonOf }: Pick<FrameSources, 'bindings' | 'reasonOf'>,
  focus: Pick<Frame, 'region' | 'sections'>,
): readonly Keybinding[] {
  const context = contextOf(model, focus);
  const typing = context['inputFocus'] === true;
  const isKnown = model.state.snapshot !== undefined;
  const seen = new Set<string>();
  return bindings()
    .filter(({ hint, key }) => hint !== undefined && !(typing && Array.from(key).length === 1))
    .filter(({ when }) => when === undefined || evaluateWhen(parseWhen(when), context))
    .toReversed()
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .filter(({ command }) => isKnown || duringAway.has(command))
    .filter(({ command }) => !(command === 'open' && (isEmptyList(focus) || isRefused(focus))))
    .filter(({ command }) => {
      const meant = command === 'open' ? opened(model, focus) : command;
      return meant === undefined || reasonOf(meant) === undefined;
    });
}

/** Enter opens a row, and there is none. */
function isEmptyList({ region, sections }: Pick<Frame, 'region' | 'sections'>): boolean {
  const list = sections.find((section) => section.kind === 'list' && section.id === region?.id);
  return list?.kind === 'list' && list.count === 0;
}

function isRefused(focus: Pick<Frame, 'region' | 'sections'>): boolean {
  return buttonsAt(focus)[0]?.disabled !== undefined;
}

/** Why the button in focus can't be pressed, where that stands behind a later one of its row. */
export function refusalOf(focus: Pick<Frame, 'region' | 'sections'>): string | undefined {
  const [button, next] = buttonsAt(focus);
  return button?.disabled === next?.disabled ? button?.disabled : undefined;
}

/** The one in focus, and those behind it. */
function buttonsAt({ region, sections }: Pick<Frame, 'region' | 'sections'>): readonly Button[] {
  for (const section of sections) {
    const at =
      section.kind === 'buttons' ? section.buttons.findIndex(({ id }) => id === region?.id) : -1;
    if (section.kind === 'buttons' && at !== -1) return section.buttons.slice(at);
  }
  return [];
}

/** What Enter runs on the selected row. */
export function opened(
  { ui }: Model,
  { region, sections }: Pick<Frame, 'region' | 'sections'>,
): string | undefined {
  const list = sections.find((section) => section.kind === 'list' && section.id === region?.id);
  if (list?.kind !== 'list' || list.count === 0) return undefined;
  return list.open?.(selectedIndex(list, ui.places[list.id])).command;
}

/** Before anything was read a screen has nothing that its keys could act on. */
const duringAway: ReadonlySet<string> = new Set(['connection.retry', 'open', 'region.next']);
