import { expect, test } from 'vitest';
import { failureOf } from '../../../protocol/failures.ts';
import { parseAddress } from '../../../tui/host/ssh/server.ts';
import { sshArguments, sshLine } from '../../../tui/host/ssh/ssh-command.ts';
import { sshHosts } from '../../../tui/host/ssh/ssh-hosts.ts';

test.each([
  ['clinic', { destination: 'clinic' }],
  ['ali@clinic.example', { destination: 'ali@clinic.example' }],
  ['ali@clinic:2222', { destination: 'ali@clinic', port: 2222 }],
  ['ali@domain@clinic', { destination: 'ali@domain@clinic' }],
  ['fe80::1', { destination: 'fe80::1' }],
  ['ali@[fe80::1]:2222', { destination: 'ali@fe80::1', port: 2222 }],
])('the server "%s" is read as ssh takes it', (text, server) => {
  expect(parseAddress(text)).toEqual(server);
});

test.each([
  ['-oProxyCommand=evil', 'begins with "-"'],
  ['ali@-evil', 'begins with "-"'],
  ['-l@clinic', 'begins with "-"'],
  ['clinic;reboot', 'has signs no host has'],
  ['clinic reboot', 'has signs no host has'],
  ['clinic:ssh', '"ssh" is not a port'],
  ['clinic:70000', '"70000" is not a port'],
  ['ali@', 'is not [user@]host[:port]'],
  ['', 'is not [user@]host[:port]'],
])('"%s" is refused as a server: %s', (text, problem) => {
  const refusal = (() => {
    try {
      return parseAddress(text);
    } catch (error) {
      return failureOf(error);
    }
  })();
  expect(refusal).toEqual({
    code: 'bad-argument',
    params: { what: `server "${text}"`, problem },
  });
});

test('what the user gave for ssh stands before what Kedge adds, and the server behind "--"', () => {
  const server = {
    name: 'lab',
    destination: 'root@lab',
    port: 2222,
    sshOptions: ['IdentityFile=~/.ssh/lab key', 'ServerAliveInterval=3'],
    remoteKedge: 'sudo -n kedge',
    socket: "/run/my kedge's.sock",
  };
  expect(sshArguments(server, { questions: true, keepAlive: true })).toEqual([
    '-T',
    '-p',
    '2222',
    '-o',
    'IdentityFile=~/.ssh/lab key',
    '-o',
    'ServerAliveInterval=3',
    '-o',
    'ServerAliveInterval=15',
    '-o',
    'ServerAliveCountMax=3',
    '--',
    'root@lab',
    "sudo -n kedge relay --socket '/run/my kedge'\\''s.sock'",
  ]);
  expect(sshLine(server)).toBe('ssh -p 2222 root@lab');
});

test('where nobody can answer, ssh is told not to ask; else nothing of its configuration is overridden', () => {
  const server = { name: 'clinic', destination: 'clinic' };
  expect(sshArguments(server, { questions: false, keepAlive: false })).toEqual([
    '-T',
    '-o',
    'BatchMode=yes',
    '-o',
    'ConnectTimeout=15',
    '--',
    'clinic',
    'kedge relay',
  ]);
  expect(sshArguments(server, { questions: true, keepAlive: false })).toEqual([
    '-T',
    '--',
    'clinic',
    'kedge relay',
  ]);
});

test('the names of ~/.ssh/config are offered, its patterns are not', () => {
  const text = `# Host none
Host clinic lab  # ours
  User ali
Host *.example !x ?y
host=third
Match host fourth
Host "fifth" clinic`;
  expect(sshHosts(text)).toEqual(['clinic', 'lab', 'third', 'fifth']);
});
