import type { SystemdNotify } from '../os/sd-notify.ts';

/** What systemd hears of the life of this process; nothing where it does not run it. */
export interface UnitVoice extends Disposable {
  /** Something was done: a start or a stop that still gets on is given more time. */
  progressed(): void;
  /** From now on it is told that the main loop lives, with what `status` says. */
  ready(status: () => string): Promise<void>;
  stopping(): Promise<void>;
}

/** Where systemd does not watch, the status is told this often. */
const unwatchedMs = 10_000;
/** More time for a start or a stop, from each beat in which something was done. */
const extensionMicroseconds = 60_000_000;

type Phase =
  | { readonly kind: 'starting' | 'stopping' }
  | { readonly kind: 'ready'; readonly status: () => string };

/** `onFault` is called once at the most. */
export function tellSystemd(
  notify: SystemdNotify | undefined,
  onFault: (error: unknown) => void,
): UnitVoice {
  let phase: Phase = { kind: 'starting' };
  let hasProgressed = false;
  let isTelling = false;
  let lastStatus = '';
  let isFaulty = false;

  const tell = async (assignments: readonly string[]): Promise<void> => {
    if (notify === undefined || assignments.length === 0) return;
    isTelling = true;
    try {
      await notify.tell(...assignments);
    } catch (error) {
      if (!isFaulty) onFault(error);
      isFaulty = true;
    } finally {
      isTelling = false;
    }
  };
  const news = (status: string): readonly string[] => {
    if (status === lastStatus) return [];
    lastStatus = status;
    return [`STATUS=${status}`];
  };
  const wordsOf = (): readonly string[] => {
    if (phase.kind === 'ready') {
      const alive = notify?.watchdogMs === undefined ? [] : ['WATCHDOG=1'];
      return [...alive, ...news(phase.status())];
    }
    const more = hasProgressed ? [`EXTEND_TIMEOUT_USEC=${extensionMicroseconds}`] : [];
    hasProgressed = false;
    return more;
  };
  // A third of what systemd waits: one that is lost does no harm.
  const beatMs = notify?.watchdogMs === undefined ? unwatchedMs : notify.watchdogMs / 3;
  const beat = (): void => {
    if (!isTelling) void tell(wordsOf());
  };
  const timer = notify === undefined ? undefined : setInterval(beat, beatMs).unref();

  return {
    progressed() {
      hasProgressed = true;
    },
    async ready(status) {
      phase = { kind: 'ready', status };
      await tell(['READY=1', ...news(status())]);
    },
    async stopping() {
      phase = { kind: 'stopping' };
      await tell(['STOPPING=1', ...news('stopping')]);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
