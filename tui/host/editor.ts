import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';

/**
 * Opens $VISUAL, $EDITOR or vi on a private copy of a text. Undefined: the editor ended with an
 * error, so nothing of it counts. `withTerminal` gives the terminal away meanwhile.
 */
export async function editInEditor(
  text: string,
  fileName: string,
  withTerminal: (run: () => Promise<void>) => Promise<void>,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-edit-'));
  try {
    const path = join(folder, fileName);
    await writeFile(path, text, { mode: 0o600 });
    let code = 1;
    await withTerminal(async () => {
      code = await runEditor(path);
    });
    return code === 0 ? await readFile(path, 'utf8') : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runEditor(path: string): Promise<number> {
  const editor = process.env['VISUAL'] || process.env['EDITOR'] || 'vi';
  // Through sh because EDITOR may hold arguments, such as "code --wait".
  const child = spawn('sh', ['-c', `${editor} "$1"`, 'sh', path], { stdio: 'inherit' });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on('close', (code) => resolve(code ?? 1));
  child.on('error', (cause) =>
    reject(new KedgeError('io-failed', { operation: 'start', path: editor, cause: cause.message })),
  );
  return promise;
}
