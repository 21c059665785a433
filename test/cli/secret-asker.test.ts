import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testWith } from '../support/require-tool.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

/** A program that asks twice and prints the answers. */
function asker(): string {
  const path = join(temporaryFolder(), 'asker.ts');
  const module = fileURLToPath(new URL('../../tui/cli/secret-asker.ts', import.meta.url));
  const lines = [
    `import { createSecretAsker } from ${JSON.stringify(module)};`,
    'const ask = createSecretAsker();',
    'const { signal } = new AbortController();',
    "const answers = [await ask('first? ', signal), await ask('second? ', signal)];",
    "const words = answers.map((one) => one?.length).join(' ');",
    "process.stdout.write('answers: ' + words + '\\n');",
  ];
  writeFileSync(path, lines.join('\n'));
  return path;
}

test('secrets come line by line from a pipe, which may stay open', async () => {
  const child = spawn(process.execPath, [asker()], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (text) => {
    out += String(text);
  });
  child.stdin.write('one\nthree\n');
  const [code] = await once(child, 'exit');
  expect([code, out]).toEqual([0, 'answers: 3 5\n']);
}, 30_000);

test('a pipe that ends gives no answer', async () => {
  const child = spawn(process.execPath, [asker()], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (text) => {
    out += String(text);
  });
  child.stdin.end('one\n');
  await once(child, 'close');
  expect(out).toBe('answers: 3 \n');
}, 30_000);

const testTerminal = testWith('script');

testTerminal(
  'what is typed on a terminal is not shown',
  async () => {
    const command = `'${process.execPath}' '${asker()}'`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const wanted = [
      { question: 'first? ', answer: 'topsecret\r' },
      { question: 'second? ', answer: 'hidden\r' },
    ];
    let out = '';
    child.stdout.on('data', (text) => {
      out += String(text);
      const [next] = wanted;
      if (next === undefined || !out.endsWith(next.question)) return;
      wanted.shift();
      child.stdin.write(next.answer);
    });
    await once(child, 'close');
    expect(out).toContain('answers: 9 6');
    expect(out).not.toMatch(/topsecret|hidden/);
  },
  30_000,
);
