import { type FailureWords, words as w } from './failure-words.ts';

/** What fails about services and their managers. */
export const serviceFailures = {
  'service-not-found': w(6, 'there is no service "{service}"', 'See "kedge service list".'),
  'service-start-failed': w(
    1,
    'service "{service}" did not become healthy: {why}',
    'See "kedge service logs {service}".',
  ),
  'service-stop-failed': w(
    1,
    'service "{service}" did not stop within {seconds} s (pid {pid})',
    'Stop it by hand, or allow "allowKill" for it in the configuration.',
  ),
  'reset-asks-nothing': w(
    5,
    'job {job} asks nothing like that now',
    'It was answered by somebody else, or the service came down meanwhile.',
  ),
  'reset-kill-untyped': w(
    2,
    'a kill of service "{service}" wants its name typed: it holds a database',
    'A killed database may need hours until it answers again.',
  ),
  'reset-meets-job': w(
    7,
    'a reset does not start by itself behind job {job} ({title}), which is at work at "{step}"',
    'Add --cancel-job to cancel it first, or --wait-job to reset when it has ended.',
  ),
  'service-meets-job': w(
    7,
    'service "{service}" is not touched by itself while job {job} ({title}) is at work, at "{step}"',
    'Add --cancel-job to cancel it first, or --wait-job to do it when it has ended.',
  ),
  'reset-meets-exchange': w(
    7,
    'a reset is not possible while job {job} exchanges data, at "{step}"',
    'It ends within moments; then reset.',
  ),
  'reset-nothing': w(6, 'there is nothing to reset: {why}', 'See "kedge service list".'),
  'service-order-reversed': w(
    2,
    'service "{service}" depends on "{on}", but their units say that it is the other way round',
    'Correct "dependsOn", or After= of the units. A reset goes by "dependsOn".',
  ),
  'service-order-unordered': w(
    2,
    'service "{service}" depends on "{on}", but its unit does not say so: at a boot both start at once',
    'Let root add After= to the unit of "{service}" (systemctl edit). A reset goes by "dependsOn".',
  ),
  'service-order-undeclared': w(
    2,
    'the unit of service "{service}" requires that of "{on}", which "dependsOn" does not say',
    'Add "{on}" to "dependsOn" of "{service}": a stop of "{on}" stops it too.',
  ),
  'kedge-restart-failed': w(
    1,
    'Kedge could not restart itself: {why}',
    'Restart it by hand: sudo systemctl restart kedge',
  ),
  'kedge-not-a-unit': w(
    5,
    'Kedge does not run as a unit of systemd, so it can not restart itself',
    'Stop it and start it again the way it was started.',
  ),
  'service-stop-waits': w(
    1,
    'service "{service}" did not stop within {seconds} s: {product} is waiting for {count} clients: {who}',
    'End those first, or wait for them. A database is not killed unless you say so.',
  ),
  'service-guarded': w(
    5,
    'service "{service}" may not start while data is being exchanged',
    'It starts by itself when the restore is through.',
  ),
  'service-cycle': w(2, 'the services depend on each other in a circle: {cycle}'),
  'service-came-back': w(
    1,
    'service "{service}" was started again by {by} after it was stopped',
    'Stop {by} too, then try again.',
  ),
  'service-unit-missing': w(
    6,
    'service "{service}": there is no unit "{unit}" on this server',
    'See "systemctl list-unit-files" and correct "unit" of this service in the configuration.',
  ),
  'service-masked': w(
    5,
    'service "{service}": {unit} is masked by an administrator',
    'Kedge does not change that. If it is to run again: sudo systemctl unmask {unit}',
  ),
  'service-denied': w(
    5,
    'Kedge may not {verb} {unit} (it runs as user "{user}")',
    'Let root write this into /etc/polkit-1/rules.d/50-kedge.rules, then try again:\n{rule}',
  ),
  'service-polkit-down': w(
    5,
    'polkit is not running, so service "{service}" can not be controlled: {why}',
    'Let root start it (systemctl start polkit), then try again.',
  ),
  'service-manager-refused': w(
    1,
    'systemd would not {verb} {unit} of service "{service}": {why}',
    'See "systemctl status {unit}".',
  ),
  'service-manager-silent': w(
    7,
    'systemd did not answer in {seconds} s',
    'What the services do is not known until it answers. Try again.',
  ),
  'service-manager-missing': w(
    1,
    'this server has no systemd that could be asked ({tool})',
    'Give the service the manager "process" or "command" in the configuration.',
  ),
  'service-manager-odd': w(1, 'the answer of systemd is not understood: {why}'),
  'service-log-denied': w(
    5,
    'Kedge may not read the journal of systemd',
    'Let root add its user to the group "systemd-journal".',
  ),
  'service-command-failed': w(
    1,
    'the {verb} command of service "{service}" failed: {why}',
    'See "kedge service logs {service}".',
  ),
  'service-kill-missing': w(
    1,
    'service "{service}" has no command that ends it without asking',
    'Give it a "kill" command in the configuration, or end it by hand.',
  ),

  // Databases
  'service-no-database': w(
    5,
    'service "{service}" has no "database" in the configuration, so Kedge can\'t ask for its clients',
    'Name its server there: "database": { "engine": "postgres", "user": "kedge", "name": "..." }.',
  ),
  'database-unreachable': w(4, '{product} did not answer at {where}: {why}'),
  'database-login-refused': w(
    5,
    '{product} at {where} refused the login of "{user}": {why}',
    'Check "user", "password" and "name" under "database" of its service.',
  ),
  'database-denied': w(
    5,
    '{product} does not let "{user}" {what}',
    'Let an administrator of that server run: {grant}',
  ),
  'database-failed': w(1, '{product}: {why}'),
  'database-no-space': w(
    10,
    '{product} at {where} has no space left: {why}',
    'Free some on the disk of that server, then try again. What is live was not changed.',
  ),
  'database-clients-stay': w(
    7,
    '{left} clients of "{database}" stay connected to {product}: {who}',
    'End them there, then try again.',
  ),
} as const satisfies Record<string, FailureWords>;
