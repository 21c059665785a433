import * as z from 'zod';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import type { Action } from '../../store/action.ts';
import type { UiState } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';
import type { ChoiceSection, Section } from '../../widgets/section.ts';
import { textState } from '../../widgets/text-edit.ts';
import type { Frame } from '../frame.ts';

const words = texts.workbench.commands;
const category = texts.workbench.groups.go;
const RegionArgs = z.object({ region: z.string() });
const StepArgs = z.object({ within: z.literal('page').optional() });
const FieldArgs = z.object({ field: z.string().optional() });

/** Moving among the fields, buttons and lists of a screen, and pressing what has the focus. */
export function focusCommands(frame: () => Frame): readonly UiCommand[] {
  return [
    step('region.next', words.regionNext, 1, frame),
    step('region.previous', words.regionPrevious, -1, frame),
    {
      id: 'focus.region',
      title: words.regionNext,
      category,
      internal: true,
      run: (bench, args) => focus(bench, RegionArgs.parse(args).region),
    },
    {
      id: 'open',
      title: texts.workbench.open,
      category,
      internal: true,
      run(bench) {
        const action = pressed(frame(), bench);
        if (action !== undefined) bench.run(action);
        else if (frame().region?.kind === 'field') bench.run({ command: 'region.next' });
      },
    },
    turnChoice('choice.next', 1, frame),
    turnChoice('choice.previous', -1, frame),
    {
      id: 'back',
      title: words.back,
      category,
      run: (bench) => bench.updateUi(back),
    },
  ];
}

function focus(bench: Bench, region: string): void {
  bench.updateUi(({ filtering: _typed, ...ui }) => ({
    ...ui,
    part: 'editor',
    focus: { ...ui.focus, [ui.view]: region },
  }));
}

/** Tab goes through the regions of the screen, then to the panel when it is shown, and round; arrows stay in the page. */
function step(id: string, title: string, by: 1 | -1, frame: () => Frame): UiCommand {
  return {
    id,
    title,
    category,
    run(bench, args) {
      const { regions, region, layout } = frame();
      const { part } = bench.model().ui;
      const hasPanel = layout.panelRows > 0 && layout.kind === 'wide';
      const stops = [
        ...regions.map((one) => one.id),
        ...(hasPanel && StepArgs.parse(args).within !== 'page' ? ['panel'] : []),
      ];
      // A page that is still read has none: what comes gets the focus, not the panel.
      if (regions.length === 0 && part === 'editor') return;
      const at = part === 'panel' ? stops.indexOf('panel') : stops.indexOf(region?.id ?? '');
      const next = stops[(Math.max(0, at) + by + stops.length) % Math.max(1, stops.length)];
      if (next === 'panel') bench.updateUi((ui) => ({ ...ui, part: 'panel' }));
      else if (next !== undefined) focus(bench, next);
    },
  };
}

/** Leaves the panel, then the page, then nothing. */
function back(ui: UiState): UiState {
  if (ui.part === 'panel') return { ...ui, part: 'editor' };
  const { [ui.view]: _page, ...pages } = ui.pages;
  const { [ui.view]: _focus, ...focused } = ui.focus;
  return { ...ui, pages, focus: focused };
}

/** What Enter does on the region that has the focus. */
function pressed(frame: Frame, bench: Bench): Action | undefined {
  const section = sectionOf(frame);
  if (section === undefined) return undefined;
  switch (section.kind) {
    case 'list': {
      const selected = bench.areas()[section.id]?.selected ?? 0;
      return section.count === 0 ? undefined : section.open?.(selected);
    }
    case 'field':
    case 'choice':
    case 'grid':
      return section.submit;
    case 'buttons':
      return buttonAction(section.buttons.find(({ id }) => id === frame.region?.id));
    case 'page':
    case 'lines':
    case 'aside':
      return undefined;
    default:
      return section satisfies never;
  }
}

function buttonAction(
  button: { readonly action: Action; readonly disabled?: string | undefined } | undefined,
): Action | undefined {
  if (button?.disabled === undefined) return button?.action;
  return { command: 'notify', args: { text: button.disabled } };
}

export function sectionOf(frame: Pick<Frame, 'sections' | 'region'>): Section | undefined {
  const id = frame.region?.id;
  return frame.sections.find((section) => {
    if (section.kind === 'lines' || section.kind === 'aside') return false;
    if (section.kind === 'buttons') return section.buttons.some((button) => button.id === id);
    return section.id === id;
  });
}

function turnChoice(id: string, by: 1 | -1, frame: () => Frame): UiCommand {
  return {
    id,
    title: by === 1 ? words.nextValue : words.previousValue,
    category,
    internal: true,
    run(bench, args) {
      const wanted = FieldArgs.parse(args).field ?? frame().region?.id;
      const choice = frame().sections.find(
        (section): section is ChoiceSection => section.kind === 'choice' && section.id === wanted,
      );
      if (choice === undefined) return;
      const count = choice.options.length;
      const at = choice.options.findIndex(({ value }) => value === choice.value);
      const next = choice.options[(at + by + count) % count];
      if (next === undefined) return;
      bench.updateUi((ui) => ({
        ...ui,
        fields: { ...ui.fields, [choice.id]: textState(next.value) },
        focus: { ...ui.focus, [ui.view]: choice.id },
      }));
      bench.fieldChanged(choice.id);
    },
  };
}
