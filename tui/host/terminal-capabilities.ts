import type { ColourDepth } from '../theme/colour.ts';
import type { Capabilities } from '../theme/create-theme.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a terminal can show, by what it says of itself: no colours with NO_COLOR, line drawing only in UTF-8. */
export function detectCapabilities(environment: Environment): Capabilities {
  return { depth: colourDepth(environment), unicode: speaksUtf8(environment) };
}

function colourDepth(environment: Environment): ColourDepth {
  const term = environment['TERM'] ?? '';
  if ((environment['NO_COLOR'] ?? '') !== '' || term === 'dumb') return 'none';
  // The Linux console, whatever the variables of the terminal it was reached from say.
  if (term === 'linux') return '16';
  if (/^(?:truecolor|24bit)$/.test(environment['COLORTERM'] ?? '')) return 'true';
  if (term.includes('direct')) return 'true';
  return /256|kitty|ghostty|alacritty|foot|wezterm/.test(term) ? '256' : '16';
}

/** The Linux console has UTF-8 but no font for most of it. */
function speaksUtf8(environment: Environment): boolean {
  if (environment['TERM'] === 'linux') return false;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return /utf-?8/i.test(locale);
}

/** Why a full-screen interface can't be shown here; undefined: it can. */
export function refusesScreen(environment: Environment, isTTY: boolean): string | undefined {
  if (!isTTY) return 'this is not a terminal';
  if (environment['TERM'] === 'dumb') return 'TERM=dumb: this terminal cannot move its cursor';
  return undefined;
}

/** Whether a screen reader is on: as it was set, or by the variable that programs made with Ink know. */
export function isReadAloud(setting: 'auto' | 'on' | 'off', environment: Environment): boolean {
  return setting === 'auto' ? environment['INK_SCREEN_READER'] === 'true' : setting === 'on';
}

/** Who orders text from right to left: as it was set, or the terminal if it is one that can't leave it to others. */
export function whoOrders(
  setting: 'auto' | 'terminal' | 'kedge',
  environment: Environment,
): 'terminal' | 'kedge' {
  if (setting !== 'auto') return setting;
  // What tmux and screen pass on is theirs, whatever terminal they were started from.
  if (/^(?:tmux|screen)/.test(environment['TERM'] ?? '')) return 'kedge';
  const orders =
    environment['KONSOLE_VERSION'] !== undefined ||
    environment['MLTERM'] !== undefined ||
    environment['TERM_PROGRAM'] === 'Apple_Terminal';
  return orders ? 'terminal' : 'kedge';
}
