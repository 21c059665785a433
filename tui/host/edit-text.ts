import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';

/** Opens $VISUAL, $EDITOR or vi on a copy of a text; undefined when the editor did not end well. */
export async function editText(
  text: string,
  fileName: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-edit-'));
  const path = join(folder, fileName);
  try {
    await writeFile(path, text, { mode: 0o600 });
    const exitCode = await runEditor(editorOf(env), path);
    return exitCode === 0 ? await readFile(path, 'utf8') : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Words, not a shell line: "code --wait" works. */
function editorOf(env: NodeJS.ProcessEnv): readonly string[] {
  const words = (env['VISUAL'] ?? env['EDITOR'] ?? '').trim().split(/\s+/).filter(Boolean);
  return words.length === 0 ? ['vi'] : words;
}

async function runEditor(
  [program = 'vi', ...args]: readonly string[],
  path: string,
): Promise<unknown> {
  const child = spawn(program, [...args, path], { stdio: 'inherit' });
  try {
    const [exitCode] = await once(child, 'exit');
    return exitCode;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new KedgeError('unavailable', { what: `the editor "${program}"`, why }, { cause: error });
  }
}
