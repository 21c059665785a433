import { findCommand } from '../commands/registry.ts';
import { defaultKeybindings } from '../keys/default-keybindings.ts';
import type { Keybinding } from '../keys/keybinding.ts';
import { createResolver, type Resolver } from '../keys/resolver.ts';
import type { Bench, Model, Screen, UiCommand } from '../screens/bench.ts';
import type { Action } from '../store/action.ts';
import { sanitised } from '../store/sanitise.ts';
import type { Session } from '../store/session.ts';
import type { UiState } from '../store/ui-state.ts';
import { createUiStore } from '../store/ui-store.ts';
import { texts } from '../texts/texts.ts';
import type { Theme } from '../theme/theme.ts';
import { missingArgument } from './argument-items.ts';
import { type Clock, createClock } from './clock.ts';
import { focusCommands } from './commands/focus-commands.ts';
import { listCommands } from './commands/list-commands.ts';
import { overlayCommands } from './commands/overlay-commands.ts';
import { problemCommands } from './commands/problem-commands.ts';
import { viewCommands } from './commands/view-commands.ts';
import { windowCommands } from './commands/window-commands.ts';
import { forgetChords } from './forget-chords.ts';
import { buildFrame, type Frame } from './frame.ts';
import { keyHelpItems } from './key-help-items.ts';
import { layout } from './layout.ts';
import { leadToPage } from './leads.ts';
import { loadData } from './load-data.ts';
import { pickerItems } from './picker-items.ts';
import { runLive } from './run-live.ts';
import { runOwn } from './run-own.ts';
import { createProductRunner } from './run-product.ts';
import { watchJobs } from './watch-jobs.ts';
import { watchSnapshot } from './watch-snapshot.ts';

/** What the host lends to the workbench. */
export interface BenchHost {
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly now: () => number;
  readonly suspend: Bench['suspend'];
  readonly setMouse: (on: boolean) => void;
  readonly copy: (text: string) => void;
  readonly stopToShell: () => Promise<void>;
  readonly editText: (text: string, fileName: string) => Promise<string | undefined>;
  readonly leave: (exitCode: number, summary: readonly string[]) => void;
}

export interface RunningBench {
  readonly bench: Bench;
  readonly resolver: Resolver;
  readonly theme: Theme;
  readonly commands: readonly UiCommand[];
  readonly bindings: readonly Keybinding[];
  /** Of the state now; computed once for each state. */
  frame(): Frame;
  /** Fit useSyncExternalStore: the revision changes when the frame may have. */
  subscribe(listener: () => void): () => void;
  revision(): number;
  /** The size or the time changed. */
  touch(): void;
  ui(): UiState;
  [Symbol.dispose](): void;
}

export interface BenchOptions {
  readonly session: Session;
  readonly host: BenchHost;
  readonly theme: Theme;
  readonly screens: readonly Screen[];
  readonly initialUi: UiState;
}

const toastMs = 6_000;

export function createBench(options: BenchOptions): RunningBench {
  const { session, host, theme, screens } = options;
  const uiStore = createUiStore(options.initialUi);
  const ending = new AbortController();
  const listeners = new Set<() => void>();
  let revision = 0;
  let cached:
    | { readonly revision: number; readonly model: Model; readonly frame: Frame }
    | undefined;
  const touch = (): void => {
    revision++;
    for (const listener of listeners) listener();
  };
  const jobs = watchJobs(() => bench);
  const unsubscribe = [
    uiStore.subscribe(touch),
    session.store.subscribe(() => {
      touch();
      jobs.look();
      lookAtSnapshot();
    }),
    forgetChords(uiStore),
    runLive(uiStore, () => bench, screens),
  ];

  const model = (): Model => {
    const { columns, rows } = host.size();
    const ui = uiStore.get();
    const { sideColumns } = layout(columns, rows, ui.panel.open);
    const editorColumns = columns - sideColumns;
    const { glyphs } = theme;
    return {
      state: session.store.get(),
      ui,
      nowMs: host.now(),
      columns,
      rows,
      editorColumns,
      glyphs,
    };
  };
  const current = () => {
    if (cached?.revision === revision) return cached;
    const now = model();
    cached = { revision, model: now, frame: buildFrame(now, sources) };
    return cached;
  };
  const frame = (): Frame => current().frame;

  const bench: Bench = {
    session,
    model: () => current().model,
    areas: () => frame().areas,
    layout: () => frame().layout,
    updateUi: uiStore.update,
    suspend: host.suspend,
    run(action) {
      const command = commands.find(({ id }) => id === action.command);
      if (command !== undefined) void runOwn(bench, command, action.args ?? {});
      else runProduct(action);
    },
    fieldChanged: (field) =>
      screens.find(({ id }) => id === uiStore.get().view)?.onField?.(bench, field),
    notify: (tone, text) =>
      uiStore.update((ui) => ({
        ...ui,
        toast: { tone, text: sanitised(text), atMs: host.now() },
      })),
    ask: (dialog) =>
      uiStore.update((ui) => ({
        ...ui,
        overlay: { ...dialog, kind: 'dialog', focus: dialog.typed === undefined ? 0 : -1 },
      })),
    load: (slot, about, read) => void loadData(bench, slot, about, read),
    copy(text) {
      host.copy(text);
      bench.notify('ok', texts.workbench.copied(text));
    },
    leave: (code) => host.leave(code, []),
  };
  const runner = createProductRunner({
    bench,
    editText: host.editText,
    signal: ending.signal,
    onOutcome(command, outcome) {
      if (outcome.kind === 'job') jobs.add(outcome.job);
      if (command === 'demo.stop') leaveStopped(bench, host);
      for (const screen of screens) screen.onOutcome?.(bench, command, outcome);
    },
  });
  const runProduct = (action: Action): void => {
    const product = findCommand(action.command);
    if (product === undefined) return;
    const args = action.args ?? {};
    const page = missingArgument(product.id, args) === undefined ? leadToPage(action) : undefined;
    if (page === undefined) void runner.run(product, args);
    else bench.run(page);
  };
  const commands: readonly UiCommand[] = [
    ...viewCommands(screens),
    ...screens.flatMap((screen) => screen.commands),
    ...focusCommands(frame),
    ...listCommands(frame),
    ...overlayCommands(frame),
    ...windowCommands(),
    ...problemCommands(),
    {
      id: 'suspend',
      title: texts.workbench.commands.suspend,
      category: texts.workbench.groups.window,
      run: (on) => on.suspend(host.stopToShell),
    },
    {
      id: 'mouse',
      title: texts.workbench.commands.mouse,
      category: texts.workbench.groups.window,
      run(on) {
        const mouse = !uiStore.get().mouse;
        host.setMouse(mouse);
        uiStore.update((ui) => ({ ...ui, mouse }));
        on.notify('ok', mouse ? texts.workbench.mouseOn : texts.workbench.mouseOff);
      },
    },
  ];
  const bindings = [...defaultKeybindings, ...screens.flatMap(bindingsOf)];
  const sources = {
    screens,
    bindings,
    itemsOf: (overlay: NonNullable<UiState['overlay']>, focus: Pick<Frame, 'region'>) => {
      if (overlay.kind === 'dialog') return [];
      const now = model();
      return overlay.kind === 'keys'
        ? keyHelpItems(now, overlay, bindings, commands, focus)
        : pickerItems(now, overlay, { commands, bindings });
    },
  };
  const lookAtSnapshot = watchSnapshot(() => bench, screens);
  const clock: Clock = createClock(() => {
    forgetOld(uiStore, host.now());
    touch();
  }, model);

  return {
    bench,
    resolver: createResolver(bindings),
    theme,
    commands,
    bindings,
    frame,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
    touch,
    ui: uiStore.get,
    [Symbol.dispose]() {
      clock.stop();
      ending.abort();
      for (const end of unsubscribe) end();
    },
  };
}

/** A screen's keys hold while it is in front and nothing lies over it. */
function bindingsOf(screen: Screen): readonly Keybinding[] {
  const here = `view == ${screen.id} && part == editor && overlay == none`;
  return screen.bindings.map((binding) => ({
    ...binding,
    when: binding.when === undefined ? here : `${here} && ${binding.when}`,
  }));
}

function leaveStopped(bench: Bench, host: BenchHost): void {
  const home = bench.model().state.snapshot?.demo?.home ?? '';
  host.leave(0, [texts.workbench.quit.stopped(home)]);
}

/** Messages and half chords go by themselves. */
function forgetOld(uiStore: ReturnType<typeof createUiStore>, nowMs: number): void {
  uiStore.update((ui) => {
    if (ui.toast === undefined || nowMs - ui.toast.atMs < toastMs) return ui;
    const { toast: _old, ...rest } = ui;
    return rest;
  });
}
