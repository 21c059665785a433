import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnitFile } from '../unit/unit-order.ts';

/** What the build makes from the commands, where a shell or man looks for it. */
const places = [
  ['kedge.1', '/usr/local/share/man/man1/kedge.1', 'the manual page'],
  [
    'kedge.bash',
    '/usr/local/share/bash-completion/completions/kedge',
    'bash completes commands and names',
  ],
  ['kedge.zsh', '/usr/local/share/zsh/site-functions/_kedge', 'zsh does'],
  ['kedge.fish', '/usr/local/share/fish/vendor_completions.d/kedge.fish', 'fish does'],
] as const;

/** Manual page and completions of a program. */
export async function shellFiles(root: string): Promise<readonly UnitFile[]> {
  return await Promise.all(
    places.map(async ([name, path, reason]) => ({
      path,
      reason,
      text: await readFile(join(root, 'dist/share', name), 'utf8'),
    })),
  );
}
