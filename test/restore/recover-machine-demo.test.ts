import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** The built product, as another user than the one who made the archive. */
const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));
const nobody = 65_534;
const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] as const;

function productTest(): typeof test | typeof test.skip {
  const [program, ...args] = asNobody;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && spawnSync(program, [...args, 'test', '-x', kedge]).status === 0) return test;
  process.stderr.write('SKIPPED: recovering as another user, which needs root and setpriv\n');
  return test.skip;
}

interface Machine {
  readonly home: string;
  run(
    ...words: readonly string[]
  ): Promise<{ readonly status: number | null; readonly out: string; readonly errors: string }>;
  start(...words: readonly string[]): ChildProcess;
}

function machine(home: string, before: readonly string[]): Machine {
  const env = { PATH: process.env['PATH'], HOME: home, KEDGE_HOME: home };
  const argv = (words: readonly string[]) => [...before, kedge, ...words];
  return {
    home,
    async run(...words) {
      const [program = '', ...args] = argv(words);
      const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const closed = once(child, 'close');
      const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
      await closed;
      return { status: child.exitCode, out, errors };
    },
    start(...words) {
      const [program = '', ...args] = argv(words);
      return spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    },
  };
}

const Status = z.object({
  services: z.array(z.object({ id: z.string(), health: z.string() })),
  backupCount: z.number(),
});

/** The demo, backed up into a folder and stopped; its own home closed to others. */
async function archivedDemo(home: string): Promise<string> {
  const old = machine(join(home, 'old'), []);
  mkdirSync(old.home);
  const daemon = old.start('daemon', '--demo');
  onTestFinished(() => void daemon.kill('SIGKILL'));
  const { stdout } = daemon;
  if (stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: stdout })) {
    if (line.includes('Kedge is ready')) break;
  }
  stdout.resume();
  const stick = join(home, 'stick');
  mkdirSync(stick);
  expect(await old.run('backup', 'create', '--to', stick)).toMatchObject({ status: 0 });
  const gone = daemon.exitCode === null ? once(daemon, 'exit') : undefined;
  expect(await old.run('demo', 'stop')).toMatchObject({ status: 0 });
  await gone;
  chmodSync(old.home, 0o700);
  for (const name of readdirSync(stick)) chownSync(join(stick, name), nobody, nobody);
  return stick;
}

/** Where it is: the records of the only journal that is being written. */
function journalOf(home: string): string {
  const folder = join(home, 'state', 'journal');
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  return name === undefined ? '' : readFileSync(join(folder, name), 'utf8');
}

productTest()(
  'the demo comes back healthy from its archive alone: other paths, another user, also after a SIGKILL',
  async () => {
    const home = temporaryFolder();
    const stick = await archivedDemo(home);
    const fresh = machine(join(home, 'new'), asNobody);
    mkdirSync(fresh.home);
    chownSync(fresh.home, nobody, nobody);
    onTestFinished(async () => {
      const { status } = await fresh.run('demo', 'stop');
      // Where it never came to be a demo.
      if (status !== 0 && existsSync(pidFile))
        process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
    });
    const pidFile = join(fresh.home, 'state', 'kedge.pid');
    const clinic = join(fresh.home, 'clinic');
    const maps = ['--map', `${join(home, 'old/clinic')}=${clinic}`];
    const flags = [...maps, '--destination', `local=${join(fresh.home, 'backups')}`];

    const plan = await fresh.run('recover', stick, ...flags, '--plan');
    expect(plan).toMatchObject({ status: 0 });
    expect(plan.out).toContain('Nothing is missing on this machine.');
    expect(existsSync(clinic)).toBe(false);

    const killed = fresh.start('recover', stick, ...flags, '--yes');
    killed.stdout?.resume();
    await until(() => journalOf(fresh.home).includes('"staging"'));
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
    killed.kill('SIGKILL');

    const again = await fresh.run('recover', stick, ...flags, '--yes');
    expect(again).toMatchObject({ status: 0 });
    expect(again.out).toContain('Service host: healthy');
    const status = Status.parse(JSON.parse((await fresh.run('status', '--json')).out));
    expect(status.services.map(({ id, health }) => [id, health])).toEqual([
      ['database', 'healthy'],
      ['host', 'healthy'],
      ['agent', 'healthy'],
    ]);
    expect(status.backupCount).toBeGreaterThan(0);
    expect(readdirSync(clinic).sort()).toEqual(['database', 'run', 'settings', 'uploads']);
    expect(readFileSync(join(fresh.home, 'kedge.jsonc'), 'utf8')).toContain('// What runs.');
    expect(await fresh.run('recover', stick)).toMatchObject({ status: 5 });
  },
  300_000,
);
