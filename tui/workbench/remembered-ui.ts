import * as z from 'zod';
import { presetSettings, type Settings } from '../host/settings/settings.ts';
import { initialUiState, panelTabs, type UiState, viewIds } from '../store/ui-state.ts';

const Memory = z.object({
  view: z.enum(viewIds),
  mouse: z.boolean().optional(),
  panel: z.object({ open: z.boolean().optional(), tab: z.enum(panelTabs) }),
});

/** The view and panel of last time, so that a cut connection costs nothing. */
export function rememberedUi(memory: unknown, settings: Pick<Settings, 'mouse'> = presetSettings): UiState {
  const found = Memory.safeParse(memory);
  if (!found.success) return { ...initialUiState, mouse: settings.mouse };
  const { view, panel, mouse } = found.data;
  const { open, tab } = panel;
  return {
    ...initialUiState,
    view,
    mouse: mouse ?? settings.mouse,
    panel: open === undefined ? { tab } : { open, tab },
  };
}

export function toRemember({ view, mouse, panel }: UiState): z.infer<typeof Memory> {
  return { view, mouse, panel };
}
