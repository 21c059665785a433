import { expect, test } from 'vitest';
import { journalText } from '../../agent/os/journal-stream.ts';
import { readOwnUnit } from '../../agent/os/own-unit.ts';
import { takeSystemdNotify } from '../../agent/os/sd-notify.ts';

const own = { INVOCATION_ID: 'a1', SYSTEMD_EXEC_PID: '71' };

test('the own unit is read from the hierarchy that systemd uses', () => {
  const mixed = '9:name=systemd:/\n3:cpuset:/x.service\n0::/system.slice/kedge.service\n';
  expect(readOwnUnit(own, mixed, 71)).toBe('kedge.service');
  expect(readOwnUnit(own, '1:name=systemd:/system.slice/kedge.service\n', 71)).toBe(
    'kedge.service',
  );
});

test('who was started by hand within a unit is not its main process', () => {
  const cgroups = '0::/system.slice/cron.service\n';
  expect(readOwnUnit(own, cgroups, 72)).toBeUndefined();
  expect(readOwnUnit({}, cgroups, 72)).toBeUndefined();
  expect(readOwnUnit(own, '0::/user.slice/session-3.scope\n', 71)).toBeUndefined();
});

test('no child can speak to systemd for Kedge', () => {
  const env = {
    NOTIFY_SOCKET: '/run/n',
    WATCHDOG_USEC: '30000000',
    WATCHDOG_PID: `${process.pid}`,
  };
  expect(takeSystemdNotify(env)?.watchdogMs).toBe(30_000);
  expect(env).toEqual({});
});

test('each line of a message has its priority', () => {
  expect(journalText('error', 'one\ntwo')).toBe('<3>one\n<3>two');
  expect(journalText('info', 'one')).toBe('<6>one');
});
