import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { backupList } from '../../protocol/methods/backup.ts';
import type { Shell } from '../../tui/commands/help/completion.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { testWith } from '../support/require-tool.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal } from '../support/tmux.ts';

const run = promisify(execFile);
const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));

interface Shells {
  readonly fake: FakeKedge;
  readonly env: NodeJS.ProcessEnv;
  /** The script of a shell, as "kedge completion" prints it. */
  readonly script: (shell: Shell, name?: string) => Promise<string>;
}

/** "kedge" on the PATH, and one that answers. */
async function prepare(folder: string): Promise<Shells> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(kedge, join(bin, 'kedge'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const fake = await startFakeKedge(undefined, join(home, 'kedge.sock'));
  answerEverything(fake);
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, KEDGE_HOME: home };
  return {
    fake,
    env,
    async script(shell, name = `kedge.${shell}`) {
      const path = join(folder, name);
      writeFileSync(path, (await run('kedge', ['completion', shell], { env })).stdout);
      return path;
    },
  };
}

/** What was typed, and what Tab then has to offer among others; undefined: nothing at all. */
const cases = [
  ['kedge sched', 'schedule'],
  ['kedge schedule pau', 'pause'],
  ['kedge backup create --diff', '--differential'],
  ['kedge schedule run ni', 'nightly'],
  ['kedge service reset host ag', 'agent'],
  ['kedge retention preview --schedule ni', 'nightly'],
  ['kedge backup verify ', 'backup-0'],
  ['kedge backup create --to ', 'local'],
  ['kedge help encr', 'encryption'],
  ['kedge --no-color job ', 'cancel'],
  ['kedge config check /etc/host', '/etc/hostname'],
  ['kedge support --out /etc/host', '/etc/hostname'],
  ['kedge schedule run nightly zzz', undefined],
  ['kedge backup create --name ', undefined],
] as const;

type Ask = (line: string) => Promise<readonly string[]>;

async function expectOffers(ask: Ask): Promise<void> {
  for (const [line, wanted] of cases) {
    const offered = await ask(line);
    if (wanted === undefined) expect([line, offered]).toEqual([line, []]);
    else expect(offered, line).toContain(wanted);
  }
}

/** Words as bash has them when Tab is pressed. */
const askBash = `
source "$1"
line=$2
COMP_WORDS=($line); [[ $line == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_kedge kedge "\${COMP_WORDS[COMP_CWORD]}" x
printf '%s\\n' "\${COMPREPLY[@]}"
`;

testWith('bash')('bash completes commands, options, topics, files and names', async () => {
  using folder = tempFolder();
  const { fake, env, script } = await prepare(folder.path);
  await using _fake = fake;
  const path = await script('bash');
  const ask: Ask = async (line) => {
    const { stdout } = await run('bash', ['-c', askBash, 'bash', path, line], { env });
    return stdout.split('\n').filter((word) => word !== '');
  };
  await expectOffers(ask);
  fake.answer(backupList, () => new Promise(() => undefined));
  expect(await ask('kedge backup verify ')).toEqual([]);
  expect(fake.calls.at(-1)?.method).toBe(backupList.name);
  await fake.stop();
  expect(await ask('kedge service stop ')).toEqual([]);
});

testWith('fish')('fish completes commands, options, topics, files and names', async () => {
  using folder = tempFolder();
  const { fake, env, script } = await prepare(folder.path);
  await using _fake = fake;
  const path = await script('fish');
  const fishEnv = {
    ...env,
    HOME: folder.path,
    XDG_CONFIG_HOME: folder.path,
    XDG_DATA_HOME: folder.path,
  };
  await expectOffers(async (line) => {
    const words = `source '${path}'; complete -C '${line}'`;
    const { stdout } = await run('fish', ['--no-config', '-c', words], { env: fishEnv });
    return stdout.split('\n').flatMap((row) => row.split('\t').slice(0, row === '' ? 0 : 1));
  });
});

testWith('zsh', 'tmux')(
  'zsh completes commands, options and names where they are typed',
  async () => {
    using folder = tempFolder();
    const { fake, env, script } = await prepare(folder.path);
    await using _fake = fake;
    await script('zsh', '_kedge');
    await using terminal = await openTerminal({
      columns: 100,
      rows: 24,
      environment: {
        PATH: env['PATH'] ?? '',
        KEDGE_HOME: env['KEDGE_HOME'] ?? '',
        LANG: 'C.UTF-8',
      },
      command: ['zsh', '-f'],
    });
    await terminal.type(
      `PS1='prompt> '; fpath=('${folder.path}' $fpath); autoload -Uz compinit; compinit -u -D`,
    );
    await terminal.press('Enter');
    await terminal.shows(/prompt>\s*$/);
    for (const [typed, completed] of [
      ['kedge sched', 'kedge schedule '],
      ['kedge schedule run ni', 'kedge schedule run nightly'],
      ['kedge backup create --diff', 'kedge backup create --differential'],
      ['kedge service reset host ag', 'kedge service reset host agent'],
      ['kedge help encr', 'kedge help encryption'],
      ['kedge config check /etc/hostn', 'kedge config check /etc/hostname'],
    ] as const) {
      await terminal.type(typed);
      await terminal.shows(typed);
      await terminal.press('Tab');
      await terminal.shows(completed.trimEnd());
      await terminal.press('C-u');
      await terminal.hides(typed);
    }
    await terminal.type('kedge service ');
    await terminal.press('Tab');
    await terminal.shows(/reset +-- Reset services/);
  },
);
