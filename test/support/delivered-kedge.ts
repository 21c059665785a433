import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolVersion } from '../../agent/os/tool-version.ts';
import { packFolder } from '../../agent/setup/delivery/pack.ts';
import { stageProgram } from '../../agent/setup/delivery/stage-program.ts';
import { sumsOf } from '../../agent/setup/delivery/sums.ts';

const repository = join(import.meta.dirname, '../..');
const { signal } = new AbortController();

/** Makes the archive that "npm run dist" makes, quicker and larger, and unpacks it. Answers the program's folder. */
export async function unpackDelivery(folder: string): Promise<string> {
  const root = join(folder, `kedge-${toolVersion()}-linux-x64`);
  await stageProgram(repository, root, signal);
  await packFolder(root, `${root}.tar.gz`, 1);
  rmSync(root, { recursive: true });
  execFileSync('tar', ['-xzf', `${root}.tar.gz`, '-C', folder]);
  rmSync(`${root}.tar.gz`);
  return root;
}

/** The same program beside it as another version. `daemon`: a line that its daemon runs instead of itself. */
export async function asVersion(root: string, version: string, daemon?: string): Promise<string> {
  const copy = `${root}-as-${version}`;
  execFileSync('cp', ['-al', root, copy]);
  replace(join(copy, 'package.json'), (text) => text.replace(`"${toolVersion()}"`, `"${version}"`));
  if (daemon !== undefined)
    replace(
      join(copy, 'dist/agent/main.js'),
      (text) => `if (process.argv[2] !== 'setup') { ${daemon} }\n${text}`,
    );
  rmSync(join(copy, 'SHA256SUMS'));
  writeFileSync(join(copy, 'SHA256SUMS'), await sumsOf(copy, signal));
  return copy;
}

/** Its copies are hard links: this one becomes a file of its own. */
function replace(path: string, change: (text: string) => string): void {
  const text = change(readFileSync(path, 'utf8'));
  rmSync(path);
  writeFileSync(path, text);
}
