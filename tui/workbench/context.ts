import type { Model } from '../screens/bench.ts';
import { fieldText } from '../screens/form-values.ts';
import { logFilter } from '../screens/services/log-page.ts';
import { contextKeysOf } from '../store/context-keys.ts';
import type { ContextKeys } from '../store/when.ts';
import type { Region } from '../widgets/section.ts';

/** The keys that conditions of bindings and commands may ask: those of the state, and where the focus is. */
export function contextOf(
  model: Model,
  focus: { readonly region: Region | undefined },
): ContextKeys {
  const { ui, state } = model;
  const overlay = ui.overlay?.kind;
  const typing =
    overlay === 'picker' ||
    overlay === 'keys' ||
    (ui.overlay?.kind === 'dialog' && ui.overlay.focus === -1) ||
    (overlay === undefined && focus.region?.kind === 'field');
  return {
    ...contextKeysOf(state),
    logFiltered: fieldText(model, logFilter) !== '',
    view: ui.view,
    part: ui.part,
    page: ui.part === 'editor' ? (ui.pages[ui.view]?.kind ?? 'none') : 'none',
    panelTab: ui.panel.tab,
    region: focus.region?.id,
    regionKind: focus.region?.kind,
    overlay: overlay ?? 'none',
    inputFocus: typing,
  };
}
