import { type Keybinding, wordKey } from '../keys/keybinding.ts';
import type { Model } from '../screens/bench.ts';
import { evaluateWhen, parseWhen } from '../store/when.ts';
import { texts } from '../texts/texts.ts';
import { fitText } from '../widgets/cells.ts';
import { framedBox } from '../widgets/framed-box.ts';
import { clickable, type Line, span } from '../widgets/line.ts';
import { contextOf } from './context.ts';
import type { Frame } from './frame.ts';
import type { PlacedBlock } from './placed-block.ts';

const widest = 60;
/** Title, hints and status bar stay visible. */
const otherRows = 3;

/** What may follow the first key of a chord, above the line that says that it waits. */
export function drawChordList(
  model: Model,
  bindings: readonly Keybinding[],
  focus: Pick<Frame, 'region'>,
  titleOf: (binding: Keybinding) => string,
): (PlacedBlock & { readonly following: readonly string[] }) | undefined {
  const { columns, rows, glyphs, ui } = model;
  if (ui.chord === undefined || ui.chordListed !== true) return undefined;
  const width = Math.min(widest, columns);
  const room = Math.max(1, rows - otherRows - 2);
  const following = followingKeys(model, bindings, focus, ui.chord).slice(0, room);
  const body = following.map((binding): Line => {
    const { command, args } = binding;
    const action = args === undefined ? { command } : { command, args };
    const key = fitText(lastKey(binding), keyCells, glyphs.ellipsis);
    const line = [span(key, 'key'), span(titleOf(binding))];
    return clickable(line, { command: 'chord.run', args: action });
  });
  const lines = framedBox(texts.workbench.chordList(wordKey(ui.chord)), body, width, glyphs);
  return {
    lines,
    column: 0,
    row: Math.max(0, rows - 2 - lines.length),
    following: following.map((binding) => `${lastKey(binding)}: ${titleOf(binding)}`),
  };
}

function lastKey({ key }: Keybinding): string {
  return wordKey(key.split(' ').at(-1) ?? '');
}

const keyCells = 10;

function followingKeys(
  model: Model,
  bindings: readonly Keybinding[],
  focus: Pick<Frame, 'region'>,
  chord: string,
): readonly Keybinding[] {
  const context = contextOf(model, focus);
  const seen = new Set<string>();
  return bindings
    .toReversed()
    .filter(({ key }) => key.startsWith(`${chord} `))
    .filter(({ when }) => when === undefined || evaluateWhen(parseWhen(when), context))
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .toSorted((a, b) => a.key.localeCompare(b.key));
}
