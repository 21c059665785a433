import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { runCli } from '../../../tui/cli/run-cli.ts';
import { startCuttingRelay } from '../../support/cutting-relay.ts';
import { openSession, type RunningKedge, startKedgeThrough } from '../../support/kedge.ts';
import { asServerUser } from '../../support/private-server.ts';
import { recordingTerminal } from '../../support/recording-terminal.ts';
import { makeSmallApplication } from '../../support/small-application.ts';
import {
  giveToUser,
  hasSshd,
  sshProgramsTo,
  startSshd,
  type TestSshd,
  testWithSshd,
} from '../../support/sshd.ts';
import { tempFolder, temporaryFolder } from '../../support/temp-folder.ts';
import {
  expectResumed,
  listed,
  makeApplicationToMove,
  mebibyte,
  namesIn,
  type Ran,
  sha256Of,
  takeVerified,
} from '../../support/transfer-fixture.ts';
import { until } from '../../support/until.ts';

/** The Kedge of another machine, but for the machine: its user is another one, and nothing but ssh leads to it. */
describe('over ssh', () => {
  const folder = tempFolder();
  let sshd: TestSshd;
  let kedge: RunningKedge;
  let backup: Backup;

  async function startThere(home: string, application: string): Promise<RunningKedge> {
    chmodSync(folder.path, 0o755);
    giveToUser(application);
    return await startKedgeThrough(asServerUser([]), home);
  }

  beforeAll(async () => {
    if (!hasSshd) return;
    const application = join(folder.path, 'there');
    mkdirSync(application);
    const { home } = await makeApplicationToMove(application);
    sshd = await startSshd();
    kedge = await startThere(home, application);
    using session = await openSession(kedge.socket);
    backup = await takeVerified(session);
  }, 120_000);

  afterAll(async () => {
    await kedge?.stop();
    await sshd?.[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  /** `first`: options before those of the sshd; of two, ssh takes the first. */
  async function kedgeThere(
    socket: string,
    argv: readonly string[],
    first: readonly string[] = [],
  ): Promise<Ran> {
    const recorded = recordingTerminal({ env: process.env });
    const there = ['--server', sshd.address, '--socket', socket, ...sshd.words];
    const code = await runCli([...first, ...there, ...argv], recorded.terminal);
    return { code, out: recorded.out(), err: recorded.err() };
  }

  /** A line whose ssh is killed three times, each time when a MiB more has arrived safely. */
  async function cutThreeTimes(target: string) {
    const socket = join(temporaryFolder(), 's');
    const cuts = [mebibyte, mebibyte, mebibyte];
    const relay = await startCuttingRelay(target, socket, cuts, () => {
      for (const pid of sshProgramsTo(sshd.port)) process.kill(pid, 'SIGKILL');
    });
    chmodSync(socket, 0o666);
    return relay;
  }

  testWithSshd('commands of this machine run against the Kedge there', async () => {
    expect(sshd.port).toBeGreaterThan(1024);
    const { code, out, err } = await kedgeThere(kedge.socket, ['backup', 'list', '--json']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ total: 1, backups: [{ id: backup.id }] });
    await until(() => sshProgramsTo(sshd.port).length === 0);
  });

  testWithSshd(
    'a download lands on this machine, resumed after ssh was killed three times',
    async () => {
      const to = temporaryFolder();
      await using line = await cutThreeTimes(kedge.socket);
      const ran = await kedgeThere(line.socket, ['backup', 'download', 'latest', '--to', to]);
      expect(ran.code, ran.err).toBe(0);
      expect(namesIn(to)).toEqual([basename(backup.path)]);
      expect(sha256Of(join(to, basename(backup.path)))).toBe(backup.sha256);
      expectResumed(line.carried, backup.sizeBytes);
    },
  );

  testWithSshd(
    'an upload goes from this machine, resumed after ssh was killed three times',
    async () => {
      const application = join(folder.path, 'empty');
      mkdirSync(application);
      const { home, store } = await makeSmallApplication(application);
      await using other = await startThere(home, application);
      await using line = await cutThreeTimes(other.socket);
      const ran = await kedgeThere(line.socket, ['backup', 'upload', backup.path]);
      expect(ran.code, ran.err).toBe(0);
      expect(sha256Of(join(store, basename(backup.path)))).toBe(backup.sha256);
      expect(await listed(other.socket)).toMatchObject([{ id: backup.id, integrity: 'ok' }]);
      expectResumed(line.carried, backup.sizeBytes);
    },
  );

  testWithSshd('a host key that is not known is refused where nobody can be asked', async () => {
    const unknown = ['--ssh-option', `UserKnownHostsFile=${join(temporaryFolder(), 'none')}`];
    const { code, err } = await kedgeThere(kedge.socket, ['status'], unknown);
    expect(code).toBe(4);
    expect(err).toContain('by ssh: Host key verification failed.\nTry it in a shell: ssh -p ');
  });

  testWithSshd('the sshd of the tests ends with them', async () => {
    await using another = await startSshd();
    await another[Symbol.asyncDispose]();
    const socket = connect(another.port, '127.0.0.1');
    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  });
});
