import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takeBackup } from '../../../agent/backup/run-backup.ts';
import type { RunbookFacts } from '../../../agent/setup/report/runbook/runbook-facts.ts';
import { runbookText } from '../../../agent/setup/report/runbook/runbook-text.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { parseCommandLine } from '../../../tui/cli/parse.ts';
import { makeSmallClinic, noServices, type SmallClinic } from '../../backup/small-clinic.ts';
import { bothKeys, recoveryKey, serverKey } from '../../support/age-files.ts';
import { cannedNowMs, cannedSnapshot } from '../../support/canned-snapshot.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { testWith } from '../../support/require-tool.ts';
import { shellWords } from '../../support/shell-words.ts';

/** One that no row of a page holds, and that a shell would take apart. */
const oddFolder = `it's an "odd" folder, ünïcode, and ${'long '.repeat(20)}indeed`;

async function clinicWithOddFolder(): Promise<SmallClinic> {
  const clinic = await makeSmallClinic();
  const path = join(clinic.folder, oddFolder);
  mkdirSync(path);
  writeFileSync(join(path, 'a scan.txt'), 'scan');
  Object.assign(clinic.config.sources, { odd: { engine: 'files', path } });
  return clinic;
}

function facts(clinic: SmallClinic, changes: Partial<RunbookFacts> = {}): RunbookFacts {
  const [store] = cannedSnapshot().stores;
  return {
    config: clinic.config,
    configPath: '/etc/kedge/kedge.jsonc',
    host: 'server1',
    nowMs: cannedNowMs,
    kedgeVersion: '0.1.0',
    stores: store === undefined ? [] : [{ ...store, id: 'main', path: clinic.store }],
    schedules: cannedSnapshot().schedules,
    key: { enabled: false, writeOnly: false },
    identityPath: '/var/lib/kedge/keys/identity.txt',
    ...changes,
  };
}

const encrypted = {
  enabled: true,
  writeOnly: false,
  recoveryKey: recoveryKey.recipient,
  own: serverKey.recipient,
  provenAtMs: cannedNowMs,
} as const;

/** The commands of a page, those that go on over several rows in one. */
function commandsIn(text: string, heading: string): readonly string[] {
  const lines = text.split('\n');
  const from = lines.indexOf(heading) + 1;
  const section = lines.slice(from, lines.indexOf('', from));
  const commands: string[] = [];
  let goesOn = false;
  for (const line of section) {
    if (goesOn) commands.push(`${commands.pop()}\n${line}`);
    else if (line.startsWith('    ')) commands.push(line);
    goesOn = line.endsWith('\\');
  }
  return commands;
}

const take = async (clinic: SmallClinic, locked?: object): Promise<Backup> =>
  (
    await takeBackup(
      { ...clinic.order, ...locked },
      clinic.config,
      { ...recordedWork(), keys: { identities: [serverKey.secret] } },
      noServices,
    )
  ).backup;

describe('recovering without Kedge', () => {
  /** Runs what the page says, as somebody would who has the archive, the page and the key from the safe. */
  async function recovered(key: RunbookFacts['key'], locked?: object): Promise<void> {
    const clinic = await clinicWithOddFolder();
    const newestFull = await take(clinic, locked);
    const later = { engine: 'files' as const, path: join(clinic.folder, 'later') };
    Object.assign(clinic.config.sources, { later });
    const odd = join(clinic.folder, oddFolder, 'a scan.txt');
    const database = readFileSync(clinic.database);
    const dump = () =>
      execFileSync('sqlite3', [clinic.database, '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const before = dump();
    expect(before).toContain('INSERT INTO');
    rmSync(clinic.uploads, { recursive: true });
    rmSync(clinic.settings);
    rmSync(odd);
    // A database that was written on, with a log that belongs to nothing any more.
    writeFileSync(clinic.database, database.subarray(0, 5_000));
    appendFileSync(`${clinic.database}-wal`, 'left over');

    const home = mkdtempSync(join(clinic.folder, 'home-'));
    writeFileSync(join(home, 'recovery-key.txt'), `${recoveryKey.secret}\n`);
    const text = runbookText(facts(clinic, { key, newestFull }));
    expect(text).toContain('  Not in this full yet: later.\n');
    const commands = commandsIn(text, 'TO RECOVER WITHOUT KEDGE');
    expect(commands.length).toBeGreaterThan(7);
    const printed = execFileSync('bash', ['-euo', 'pipefail'], {
      input: commands.join('\n'),
      env: { ...process.env, HOME: home, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
    expect(printed).toBe('ok\n');
    expect(dump()).toBe(before);
    expect(readFileSync(join(clinic.uploads, 'letter.txt'), 'utf8')).toBe('Dear colleague');
    expect(readFileSync(clinic.settings, 'utf8')).toBe('port = 8080\n');
    expect(readFileSync(odd, 'utf8')).toBe('scan');
  }

  testWith(
    'bash',
    'tar',
    'zstd',
    'sha256sum',
    'sqlite3',
  )(
    'the commands of the page bring all of it back, wherever it lies',
    async () => await recovered({ enabled: false, writeOnly: false }),
  );

  testWith(
    'bash',
    'tar',
    'zstd',
    'sha256sum',
    'sqlite3',
    'age',
  )(
    'an encrypted one opens with the recovery key from its safe',
    async () => await recovered(encrypted, { locked: { lock: bothKeys, verifyAtOnce: false } }),
  );

  testWith(
    'bash',
    'tar',
    'zstd',
    'sha256sum',
  )('a damaged file is named, and what follows is not done', async () => {
    const clinic = await makeSmallClinic();
    const newestFull = await take(clinic);
    const commands = commandsIn(
      runbookText(facts(clinic, { newestFull })),
      'TO RECOVER WITHOUT KEDGE',
    );
    const check = commands.findIndex((line) => line.includes('sha256sum'));
    const harm = 'echo harm >> uploads/letter.txt';
    const script = [...commands.slice(0, check), harm, ...commands.slice(check)].join('\n');
    const home = mkdtempSync(join(clinic.folder, 'home-'));
    const { status, stdout } = spawnSync('bash', ['-euo', 'pipefail'], {
      input: script,
      env: { ...process.env, HOME: home, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'uploads/letter.txt: FAILED\n' });
  });
});

describe('the page', () => {
  test('fits a page, says whom to call, and what opens the backups, but no secret', async () => {
    const clinic = await makeSmallClinic((config) => {
      Object.assign(config.application, { contact: '+49 30 1234, Ali' });
      Object.assign(config, {
        services: {
          host: {
            manager: 'process',
            role: 'host',
            command: ['/srv/clinic/host', '--password', 'hunter2'],
            dependsOn: ['db'],
          },
          db: { manager: 'process', role: 'database', command: ['/srv/clinic/db'] },
        },
      });
    });
    const newestFull = await take(clinic);
    const lines = runbookText(facts(clinic, { key: encrypted, newestFull })).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeLessThan(68);
    const text = lines.join('\n');
    for (const part of [
      'RUNBOOK: Clinic 4.2 (clinic) on server1',
      'Call: +49 30 1234, Ali',
      `uploads      files: ${clinic.uploads}`,
      '  start        db, then host',
      '  stop         host, then db',
      '  host         host, process /srv/clinic/host\n',
      'last drill   none has passed yet',
    ])
      expect(text).toContain(part);
    expect(text.replaceAll(/\s+/g, '')).toContain(recoveryKey.recipient);
    expect(text).not.toContain('hunter2');
    expect(text).not.toMatch(/AGE-SECRET-KEY-1\w/);
  });

  test('its commands of Kedge are commands of Kedge', async () => {
    const clinic = await makeSmallClinic();
    for (const key of [encrypted, { ...encrypted, writeOnly: true }]) {
      const text = runbookText(facts(clinic, { key, newestFull: await take(clinic) }));
      const commands = commandsIn(text, 'TO RECOVER WITH KEDGE');
      expect(commands).toHaveLength(6);
      for (const line of commands) {
        const { parsed } = parseCommandLine(shellWords(line).slice(1));
        expect(parsed.kind, line).toBe('command');
      }
    }
  });

  test('it can be printed before there is a backup, and tells of a differential that is newer', async () => {
    const clinic = await makeSmallClinic();
    const none = runbookText(facts(clinic));
    expect(none).toContain('newest full  none that is good yet');
    expect(none).toContain('nobody is named');
    const newestFull = await take(clinic);
    const copies = [{ path: '/mnt/usb/b', store: 'usb', presence: 'present' as const }];
    const newestDifferential = { ...newestFull, path: '/b/clinic_x_diff.tar.zst', copies };
    const text = runbookText(facts(clinic, { newestFull, newestDifferential }));
    expect(text).toContain('newer still  clinic_x_diff.tar.zst in main and usb');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'The differential clinic_x_diff.tar.zst is newer.',
    );
  });
});
