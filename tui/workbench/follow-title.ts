import type { SettingsStore } from '../host/settings/settings-store.ts';
import type { TerminalTitle } from '../host/terminal-title.ts';
import type { Store } from '../store/store.ts';
import { windowTitle } from './window-title.ts';

/** Keeps the title of the terminal's window true while the setting says so. Disposed of, the shell has its own again. */
export function followTitle(
  title: TerminalTitle,
  store: Store,
  settings: Pick<SettingsStore, 'get' | 'subscribe'>,
): Disposable {
  const show = (): void =>
    title.show(settings.get().terminalTitle ? windowTitle({ state: store.get() }) : undefined);
  const ends = [store.subscribe(show), settings.subscribe(show)];
  show();
  return {
    [Symbol.dispose]() {
      for (const end of ends) end();
      title.show(undefined);
    },
  };
}
