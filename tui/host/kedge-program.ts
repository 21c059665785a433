import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The launcher of this very installation. The bundle, dist/ and the sources lie at different depths below it. */
export function kedgeProgram(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const launcher = join(folder, 'tui', 'kedge');
    if (existsSync(launcher)) return launcher;
  }
  throw new Error(`no launcher tui/kedge above ${import.meta.dirname}`);
}
