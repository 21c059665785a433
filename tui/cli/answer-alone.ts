import type { Arguments, Command } from '../commands/command.ts';
import { shells } from '../commands/help/completion.ts';
import { textOf } from '../commands/read-arguments.ts';
import { completionScript } from './completion/completion-script.ts';
import type { Output } from './output.ts';
import type { Globals } from './parsed.ts';
import { showHelp } from './show-help.ts';
import type { Terminal } from './terminal.ts';

interface Alone {
  readonly output: Output;
  readonly terminal: Terminal;
  readonly globals: Globals;
}

/** Commands that need no Kedge and no session; undefined: it is none of them. */
export async function answerAlone(
  { output, terminal, globals }: Alone,
  command: Command,
  args: Arguments,
): Promise<number | undefined> {
  if (command.id === 'help') {
    await showHelp(terminal, output, args, globals.window.language);
    return 0;
  }
  if (command.id !== 'completion') return undefined;
  const shell = shells.find((one) => one === textOf(args, 'shell')) ?? 'bash';
  const lines = completionScript(shell);
  // As it is: what is printed for people has no tabs.
  if (output.json) output.result({ shell, script: lines.join('\n') }, []);
  else terminal.out(lines.map((line) => `${line}\n`).join(''));
  return 0;
}
