import type { Shell } from '../../commands/help/completion.ts';
import { bashCompletion } from './bash-completion.ts';
import { completionTables } from './completion-tables.ts';
import { fishCompletion } from './fish-completion.ts';
import { zshCompletion } from './zsh-completion.ts';

/** What "kedge completion SHELL" prints. */
export function completionScript(shell: Shell): readonly string[] {
  const tables = completionTables();
  switch (shell) {
    case 'bash':
      return bashCompletion(tables);
    case 'zsh':
      return zshCompletion(tables);
    case 'fish':
      return fishCompletion(tables);
    default:
      return shell satisfies never;
  }
}
