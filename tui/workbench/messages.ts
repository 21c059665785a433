import type { Bench } from '../screens/bench.ts';
import { sanitised } from '../store/sanitise.ts';
import type { Toast } from '../store/ui-state.ts';
import type { UiStore } from '../store/ui-store.ts';

const shownMs = 6_000;
const kept = 200;

/** What is said in the line above the status bar, for some seconds, and kept to be read again. */
export interface Messages {
  readonly say: Bench['notify'];
  forgetOld(): void;
}

export function createMessages(ui: UiStore, now: () => number): Messages {
  return {
    say(tone, text) {
      const toast: Toast = { tone, text: sanitised(text), atMs: now() };
      ui.update((before) => ({
        ...before,
        toast,
        toasts: [...before.toasts, toast].slice(-kept),
      }));
    },
    forgetOld: () =>
      ui.update((before) => {
        if (before.toast === undefined || now() - before.toast.atMs < shownMs) return before;
        const { toast: _old, ...rest } = before;
        return rest;
      }),
  };
}
