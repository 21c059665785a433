import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { doctorTexts } from '../../texts/texts.ts';
import { detectCapabilities, refusesScreen } from '../terminal-capabilities.ts';

export interface SeenTerminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTty: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Of tmux, where its answer is known. */
  readonly escapeMs?: number;
}

const words = doctorTexts.terminal;
/** Below it only a line that asks for room is shown. */
const leastColumns = 40;
const leastRows = 10;
/** As much as is worth waiting for on a slow line. */
const escapeMsAtMost = 50;

type Part = Omit<DoctorFinding, 'area'>;

/** What the terminal interface would make of this terminal. */
export function terminalFindings(seen: SeenTerminal): readonly DoctorFinding[] {
  return partsOf(seen).map((part) => ({ area: 'terminal', ...part }));
}

function partsOf(seen: SeenTerminal): readonly Part[] {
  const { env, isTty } = seen;
  if (!isTty) return [{ tone: 'ok', thing: words.output, text: words.noTerminal }];
  const refused = refusesScreen(env, isTty);
  const { name, ...texts } = words.term;
  if (refused !== undefined || env['TERM'] === undefined || env['TERM'] === '') {
    const text = refused ?? texts.unset;
    return [{ tone: 'bad', thing: name, text, why: texts.why, command: texts.command }];
  }
  return [
    { tone: 'ok', thing: name, text: env['TERM'] },
    colours(env),
    characters(env),
    size(seen),
    ...between(seen),
  ];
}

function colours(env: SeenTerminal['env']): Part {
  const { name, off, many, few, why, command } = words.colours;
  const { depth } = detectCapabilities(env);
  if (depth === 'none') return { tone: 'ok', thing: name, text: off };
  if (depth !== '16') return { tone: 'ok', thing: name, text: many };
  return { tone: 'advice', thing: name, text: few, why, command };
}

function characters(env: SeenTerminal['env']): Part {
  const { name, utf8, plain, why, command } = words.characters;
  if (detectCapabilities(env).unicode) return { tone: 'ok', thing: name, text: utf8 };
  return { tone: 'advice', thing: name, text: plain, why, command };
}

function size({ columns, rows }: SeenTerminal): Part {
  const { name, cells, why, tight, small } = words.size;
  const text = cells(columns, rows);
  if (columns < leastColumns || rows < leastRows)
    return { tone: 'bad', thing: name, text, why, cure: small };
  if (columns < 80 || rows < 24) return { tone: 'advice', thing: name, text, why, cure: tight };
  return { tone: 'ok', thing: name, text };
}

/** Programs between the keys and Kedge. */
function between({ env, escapeMs }: SeenTerminal): readonly Part[] {
  const { tmux, screen, vscode, ssh } = words.between;
  const parts: Part[] = [];
  if (env['TMUX'] !== undefined) {
    const slow = escapeMs !== undefined && escapeMs > escapeMsAtMost;
    const { why, command } = tmux;
    if (slow)
      parts.push({ tone: 'advice', thing: 'tmux', text: tmux.slow(escapeMs), why, command });
    else parts.push({ tone: 'ok', thing: 'tmux', text: tmux.ok });
  }
  if (env['STY'] !== undefined) parts.push({ tone: 'ok', thing: 'screen', text: screen });
  if (env['TERM_PROGRAM'] === 'vscode') parts.push({ tone: 'ok', thing: 'VS Code', text: vscode });
  if (env['SSH_CONNECTION'] !== undefined) parts.push({ tone: 'ok', thing: 'ssh', text: ssh });
  return parts;
}
