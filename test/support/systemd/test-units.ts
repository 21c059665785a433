import { join } from 'node:path';

const fakeService = join(import.meta.dirname, '../fake-service.ts');

const shell = (script: string, more = ''): string =>
  `[Service]\nExecStart=/bin/sh -c '${script}'\n${more}`;

/**
 * Units that behave in one way each. Templates, so that each test has an instance that nobody started before:
 * "kobedient@7.service".
 */
export const testUnits: Readonly<Record<string, string>> = {
  'kobedient@.service': shell('echo ready; exec sleep infinity'),
  'kstubborn@.service': shell(
    'trap "echo not yet" TERM; echo ready; while :; do sleep 1 & wait; done',
    'TimeoutStopSec=60\n',
  ),
  /** Ends as Java does when it is stopped. */
  'kjava@.service': shell('trap "exit 143" TERM; echo ready; while :; do sleep 1 & wait; done'),
  'kfailing@.service': shell(
    'echo opening the database; echo cannot open database: disk full; exit 3',
  ),
  'kmasked@.service': shell('exec sleep infinity'),
  /** "%i" is its port: answers GET /health, and after GET /set/503 no longer well. */
  'khttp@.service': `[Service]\nExecStart=${process.execPath} ${fakeService} http %i\n`,
  /** The same on the port that /mnt/port-INSTANCE sets as PORT. */
  'kanswering@.service': `[Service]\nEnvironmentFile=/mnt/port-%i\nExecStart=${process.execPath} ${fakeService} http $PORT\n`,
  /** Ends at once until there is /mnt/cured-INSTANCE, and is not started a third time. */
  'klimited@.service': `[Unit]\nStartLimitBurst=2\nStartLimitIntervalSec=60\n${shell(
    '[ -e /mnt/cured-%i ] && exec sleep infinity; exit 4',
    'Restart=always\nRestartSec=20ms\n',
  )}`,
  /** Not of those that a rule for tests names. */
  'kdenied@.service': shell('exec sleep infinity'),
  /** Ignores SIGTERM until its unit kills it. */
  'klate@.service': shell(
    'trap "" TERM; echo ready; while :; do sleep 1 & wait; done',
    'TimeoutStopSec=300ms\n',
  ),
  /** The same, so late that who asks every moment has seen it going. */
  'klater@.service': shell(
    'trap "" TERM; echo ready; while :; do sleep 1 & wait; done',
    'TimeoutStopSec=3s\n',
  ),
  /** Ends by itself and is started again, for ever. */
  'kflapping@.service': `[Unit]\nStartLimitIntervalSec=0\n${shell(
    'sleep 0.2; exit 4',
    'Restart=always\nRestartSec=100ms\n',
  )}`,
  /** Says when it is ready; this one never does. */
  'ksilent@.service': shell('exec sleep infinity', 'Type=notify\nTimeoutStartSec=60\n'),
  'kmissing-program@.service': '[Service]\nExecStart=/no/such/program\n',
  'kneedy@.service': `[Unit]\nRequires=kbroken@%i.service\nAfter=kbroken@%i.service\n${shell('exec sleep infinity')}`,
  'kbroken@.service': '[Service]\nType=oneshot\nExecStart=/bin/false\n',
  'kguarded@.service': `[Unit]\nConditionPathExists=!/mnt/guard\n${shell('exec sleep infinity')}`,
  'ksocket@.socket': '[Socket]\nListenStream=/run/ksocket-%i\nAccept=no\n[Install]\n',
  'ksocket@.service': shell('exec sleep infinity'),
  /** Wants the obedient one, and stays. */
  'kbringing@.service': `[Unit]\nWants=kobedient@%i.service\n${shell('exec sleep infinity')}`,
  /** Ends again and again, and each time it starts it wants the obedient one. */
  'kwanting@.service': `[Unit]\nWants=kobedient@%i.service\nStartLimitIntervalSec=0\n${shell(
    'sleep 0.3',
    'Restart=always\nRestartSec=50ms\n',
  )}`,
};
