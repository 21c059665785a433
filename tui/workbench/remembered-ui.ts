import * as z from 'zod';
import { presetSettings, type Settings } from '../host/settings/settings.ts';
import { initialUiState, panelTabs, type UiState, viewIds } from '../store/ui-state.ts';

const Memory = z.object({
  view: z.enum(viewIds),
  mouse: z.boolean().optional(),
  /** False: the tour was not left yet. */
  toured: z.boolean().optional(),
  panel: z.object({ open: z.boolean().optional(), tab: z.enum(panelTabs) }),
});

const firstStep = { step: 0 } as const;

/** The view and panel of last time, so that a cut connection costs nothing. */
export function rememberedUi(
  memory: unknown,
  settings: Pick<Settings, 'mouse'> = presetSettings,
): UiState {
  const found = Memory.safeParse(memory);
  // The very first start: the tour is offered.
  if (!found.success) return { ...initialUiState, mouse: settings.mouse, tour: firstStep };
  const { view, panel, mouse, toured } = found.data;
  const { open, tab } = panel;
  return {
    ...initialUiState,
    view,
    mouse: mouse ?? settings.mouse,
    panel: open === undefined ? { tab } : { open, tab },
    ...(toured === false ? { tour: firstStep } : {}),
  };
}

export function toRemember({ view, mouse, panel, tour }: UiState): z.infer<typeof Memory> {
  return { view, mouse, panel, toured: tour === undefined };
}
