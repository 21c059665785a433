import { type FailureWords, words as w } from './failure-words.ts';

/** What fails when Kedge itself is started, installed, upgraded or removed. */
export const setupFailures = {
  'own-folder-unusable': w(
    1,
    'Kedge can not keep its own files at "{path}": {cause}',
    'Let this user write there, or set KEDGE_HOME to a folder in which it may.',
  ),
  'own-folder-full': w(
    10,
    'Kedge can not keep its own files in "{path}": the disk is full',
    'Free some space there and try again, or set KEDGE_HOME to a folder on another disk.',
  ),
  'kedge-not-started': w(1, 'Kedge did not start: {why}', 'Its log says more: {log}'),
  'needs-root': w(5, '{what} must be run by root', 'Try: sudo {what}'),
  'no-systemd': w(
    5,
    'this machine was not started by systemd, so that no unit can be installed',
    'Start "kedge daemon" as an unprivileged user by what starts services here.',
  ),
  'polkit-unfit': w(
    5,
    'polkit {why}, and without 0.106 or newer the user of Kedge can not be allowed {units} alone',
    'Install a newer polkit (package polkitd or polkit), or take the services of systemd out of the configuration.',
  ),
  'other-kedge-runs': w(
    5,
    'another Kedge (process {pid}) protects source "{source}", one that was started by hand',
    'End it ("kill {pid}") and try again. Its backups stay; the installed Kedge lists them as those of another installation.',
  ),
  'program-damaged': w(
    8,
    'the program in "{folder}" is damaged: "{path}" is not as it was delivered',
    'Unpack the archive again.',
  ),
  'not-installed': w(6, 'Kedge is not installed in "{prefix}"', 'Name its folder with --prefix.'),
  'install-step-failed': w(1, '{what}: {why}', 'Put it right and run the same command again.'),
  'install-unhealthy': w(
    1,
    'Kedge {version} is installed, and did not come up: {why}',
    'See "journalctl -u kedge".',
  ),
  'upgrade-rolled-back': w(
    9,
    'Kedge {version} was taken back: {why}. {before} runs again, with the state it had',
    'See "journalctl -u kedge".',
  ),
  'rollback-failed': w(
    1,
    'Kedge {version} did not work ({why}), and taking it back failed too: {cause}',
    'Its state before the upgrade lies in "{saved}". See "journalctl -u kedge".',
  ),
} as const satisfies Record<string, FailureWords>;
