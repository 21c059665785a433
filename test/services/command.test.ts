import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openManagedService } from '../../agent/services/managers.ts';
import type { CommandServiceSettings } from '../../agent/services/settings.ts';
import { managerContract } from '../contract/manager.ts';
import { until } from '../support/until.ts';

const script = join(import.meta.dirname, '../support/init-script.sh');
const { signal } = new AbortController();

class CommandFixture implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'kedge-commands-'));
  readonly logged: string[] = [];
  guarded = false;

  open(mode: string, changes: Partial<CommandServiceSettings> = {}) {
    const kill = [script, mode, this.folder, 'kill'];
    return this.#open({ ...this.#settings(mode), kill, ...changes });
  }

  openMild() {
    return this.#open(this.#settings('obedient'));
  }

  #settings(mode: string): CommandServiceSettings {
    const command = (verb: string) => [script, mode, this.folder, verb];
    const commands = { start: command('start'), stop: command('stop'), status: command('status') };
    return { manager: 'command', role: 'host', ...commands };
  }

  #open(settings: CommandServiceSettings) {
    return openManagedService('host', settings, {
      stateFolder: this.folder,
      isGuarded: () => this.guarded,
      changed: () => undefined,
      log: (level, text) => this.logged.push(`${level}: ${text}`),
    });
  }

  pid(mode: string): number {
    return Number(readFileSync(join(this.folder, `${mode}.pid`), 'utf8'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of readdirSync(this.folder).filter((entry) => entry.endsWith('.pid')))
      end(this.pid(name.replace('.pid', '')));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended by the test.
  }
}

managerContract('command', () => new CommandFixture());

test('one that dies by itself is failed, in the words of its status command', async () => {
  await using fixture = new CommandFixture();
  const service = fixture.open('obedient');
  await service.requestStart(signal);
  await until(async () => (await service.status(signal)).kind === 'running');
  end(fixture.pid('obedient'));
  await until(async () => (await service.status(signal)).kind === 'failed');
  expect(await service.status(signal)).toEqual({
    kind: 'failed',
    detail: 'dead: obedient is dead and its pid file is there',
  });
});

test('one that somebody else starts after a stop is known to have come back', async () => {
  await using fixture = new CommandFixture();
  const service = fixture.open('obedient');
  await service.requestStart(signal);
  await until(async () => (await service.status(signal)).kind === 'running');
  await service.requestStop(signal);
  await until(async () => (await service.status(signal)).kind === 'stopped');
  await fixture.open('obedient').requestStart(signal);
  await until(async () => (await service.status(signal)).kind === 'running');
  expect(await service.status(signal)).toMatchObject({ startedBy: 'something other than Kedge' });
});

test('its pid file tells which process it is', async () => {
  await using fixture = new CommandFixture();
  const pidFile = join(fixture.folder, 'obedient.pid');
  const service = fixture.open('obedient', { pidFile });
  await service.requestStart(signal);
  await until(async () => (await service.status(signal)).kind === 'running');
  expect(await service.status(signal)).toMatchObject({ pid: fixture.pid('obedient') });
});

test.each([
  [['sh', '-c', 'echo what; exit 4'], 'its status command: exit 4: what'],
  [['/no/such/program'], 'its status command: spawn /no/such/program ENOENT'],
  [['sh', '-c', 'kill -9 $$'], 'its status command: it was ended by SIGKILL'],
])('a status command that knows nothing makes it unknown: %j', async (status, detail) => {
  await using fixture = new CommandFixture();
  const service = fixture.open('obedient', { status });
  expect(await service.status(signal)).toEqual({ kind: 'unknown', detail });
});

test('a start command that can not be run is named', async () => {
  await using fixture = new CommandFixture();
  const service = fixture.open('obedient', { start: ['/no/such/program'] });
  await expect(service.requestStart(signal)).rejects.toThrow(
    'the start command of service "host" failed: spawn /no/such/program ENOENT',
  );
});

test('one whose start command is under way is starting', async () => {
  await using fixture = new CommandFixture();
  const go = join(fixture.folder, 'go');
  const held = `while [ -d '${fixture.folder}' ] && ! [ -e '${go}' ]; do sleep 0.05; done`;
  const begin = `${held}; exec '${script}' obedient '${fixture.folder}' start`;
  const service = fixture.open('obedient', { start: ['sh', '-c', begin] });
  await service.requestStart(signal);
  expect((await service.status(signal)).kind).toBe('starting');
  writeFileSync(go, '');
  await until(async () => (await service.status(signal)).kind === 'running');
});

test('a start command that hangs is ended at its deadline', async () => {
  await using fixture = new CommandFixture();
  const hanging = { start: ['sleep', '100'], startTimeoutSeconds: 0.2 };
  const service = fixture.open('obedient', hanging);
  await service.requestStart(signal);
  await until(async () => (await service.status(signal)).kind === 'failed');
  expect(await service.status(signal)).toEqual({
    kind: 'failed',
    detail: 'it did not end within 0.2 s',
  });
});

test('without a kill command it is never killed', async () => {
  await using fixture = new CommandFixture();
  await expect(fixture.openMild().kill(signal)).rejects.toThrow(
    'service "host" has no command that ends it without asking',
  );
});

test('its commands get none of the secrets of Kedge', async () => {
  await using fixture = new CommandFixture();
  process.env['KEDGE_TEST_SECRET'] = 'hush';
  const service = fixture.open('obedient', { logs: ['env'], environment: { CLINIC: 'north' } });
  const shown = await service.logs(100);
  delete process.env['KEDGE_TEST_SECRET'];
  expect(shown).toContain('CLINIC=north');
  expect(shown.join('\n')).not.toContain('hush');
});
