import { type FailureWords, words as w } from './failure-words.ts';
import { archiveFailures } from './failures-of-archives.ts';
import { serverFailures } from './failures-of-servers.ts';
import { serviceFailures } from './failures-of-services.ts';
import { setupFailures } from './failures-of-setup.ts';

/**
 * Every way Kedge can fail, once: the exit code of the command line and the English words.
 * A `{name}` in the words is filled from the failure's parameters. Other languages translate by code.
 */
export const failureTable = {
  // Requests and connections
  'bad-argument': w(2, '{what}: {problem}', 'See --help for the form it takes.'),
  'not-open': w(4, 'the first call on a connection must be session.open'),
  'version-mismatch': w(
    4,
    'Kedge here speaks protocol {ours}, the program that asked speaks {theirs}',
    'Use the same version of kedge on both sides.',
  ),
  unauthorized: w(5, 'the token was not accepted'),
  forbidden: w(
    5,
    'this takes the role {needed}, and through this socket you are {role} ({what})',
    "Ask somebody who has that role, or come through Kedge's own socket, as its user.",
  ),
  'read-only': w(
    5,
    'this window is read-only',
    'Turn it off with "Read-only on or off" where you mean to change something.',
  ),
  'kedge-unreachable': w(
    4,
    'Kedge is not reachable at "{socket}": {cause}',
    'Start it with "kedge daemon", or name its socket with --socket.',
  ),
  'kedge-already-running': w(
    5,
    'another Kedge (process {pid}) already works in "{home}"',
    'Use that one: "kedge status". Two of them would fight over the same backups.',
  ),
  'source-owned-elsewhere': w(
    5,
    'source "{source}" ({path}) is already protected by another Kedge on this machine',
    'Stop the other one, or remove the source from one of the two configurations.',
  ),
  'socket-path-too-long': w(
    2,
    'the socket path "{path}" has {bytes} bytes, more than the 100 that the system takes',
    'Set KEDGE_HOME to a folder with a shorter path.',
  ),
  internal: w(
    1,
    'Kedge met a fault of its own: {cause}',
    'The job log and the daemon log say more.',
  ),
  'state-damaged': w(
    1,
    'the state of this Kedge, "{path}", is damaged: {cause}',
    'Move that file and those of its name with -wal and -shm aside and start again: backups and undos stay, the history of jobs is lost, and older backups count as those of another installation, which retention never removes.',
  ),
  unavailable: w(5, '{what} is not available: {why}'),

  // Configuration
  'config-missing': w(6, 'there is no configuration at "{path}"', 'Create one with "kedge init".'),
  'config-invalid': w(
    2,
    'the configuration "{path}" is not valid: {problem}',
    'The last good configuration stays in force until this is put right.',
  ),
  'config-changed-by': w(
    5,
    '{who} saved the configuration after you had read it',
    'Nothing of theirs was overwritten, nothing of yours was saved. Read it again and make your change once more.',
  ),
  'config-changed': w(
    5,
    'the configuration was changed by somebody else since it was read',
    'Read it again and repeat the change.',
  ),
  'not-found': w(6, 'there is no {what} "{id}"', 'List what there is with "kedge {list} list".'),

  // Files, stores and space
  'destination-unknown': w(6, 'there is no destination "{store}"', '"kedge status" lists them.'),
  'io-failed': w(1, 'cannot {operation} "{path}": {cause}'),
  'no-space': w(
    10,
    'not enough space in "{path}": {needed} needed, {free} free',
    'Free some space ("kedge space" says what may go) or choose another destination.',
  ),
  'store-offline': w(
    10,
    'destination "{store}" is offline: there is no Kedge marker in "{path}". Is the drive not mounted?',
    'Mount it. Nothing was written.',
  ),
  'store-away': w(
    10,
    'destination "{store}" is not plugged in: there is no Kedge marker in "{path}"',
    'Plug the drive in and mount it. Nothing was written.',
  ),
  'backup-away': w(
    10,
    'backup {backup} lies in destination "{store}", which is not here: "{path}"',
    'Plug the drive in, or mount it, and try again.',
  ),
  'store-other-drive': w(
    10,
    'another drive is at "{path}": its marker says "{found}", that of destination "{store}" is "{expected}"',
    'Plug in the right one. If this one is to take its place, set "id": "{found}" for the destination. Nothing was written.',
  ),
  'file-too-large': w(
    10,
    'files in "{path}" can have {limit} at most, and {what} has {size}',
    'Choose another destination, or format the drive as exFAT, ext4 or NTFS. Nothing was written.',
  ),
  'store-inside-source': w(
    2,
    'the destination "{path}" lies inside source "{source}" ({root})',
    'Choose a folder outside of everything that is backed up.',
  ),
  'already-exists': w(
    5,
    '"{path}" exists already',
    'Choose another name. Nothing was overwritten.',
  ),
  'folder-not-empty': w(
    5,
    'the folder "{path}" is not empty',
    'Choose an empty one or a new one. Nothing was written.',
  ),
  'source-missing': w(6, 'source "{source}": "{path}" does not exist'),
  'source-unreadable': w(
    1,
    'source "{source}": "{path}" cannot be read: {cause}',
    'Give the user that Kedge runs as the right to read it.',
  ),
  'source-not-a-database': w(
    1,
    'source "{source}": "{path}" is not an SQLite database: {cause}',
    'Check the path in the configuration.',
  ),
  'postgres-tools-missing': w(
    1,
    'source "{source}": pg_dump and pg_restore of PostgreSQL {major} or newer are needed, and {here}',
    'Install them: apt install postgresql-client-{major} (Debian has those of one version, apt.postgresql.org all)',
  ),
  'postgres-not-copied': w(5, 'source "{source}": the server can not be copied as a whole: {why}'),
  'mariadb-tools-missing': w(
    1,
    'source "{source}": {tools} of {product} {version} or newer are needed, and {here}',
    'Install them: apt install {package}',
  ),
  'server-program-missing': w(
    1,
    'source "{source}": {program} of {product} {version} is needed, and {here}',
    'Install it: apt install {package}',
  ),
  'dump-tool-failed': w(
    1,
    'source "{source}": {tool} failed: {why}',
    'These are its own words. What the role of Kedge lacks is named by "kedge doctor".',
  ),
  'exchange-unusable': w(
    1,
    'source "{source}": the exchange folder ("{server}" for the server, "{here}" for Kedge) can not be used: {why}',
    'Both must be the same folder, and both users may write there: chgrp mssql, chmod 2770, and Kedge in the group mssql.',
  ),
  'source-miscounted': w(
    1,
    'source "{source}": what was taken of it is not all: {problem}',
    'Nothing was kept of it. Take the backup again.',
  ),
  'quiesce-failed': w(
    1,
    'source "{source}": its {hook} hook failed: {cause}',
    'Run the hook by hand to see why.',
  ),

  // Jobs
  busy: w(7, '{what} is not possible now: {why}', 'Wait for it, or cancel it.'),
  'timed-out': w(7, '{what} did not finish within {seconds} s'),
  cancelled: w(130, 'cancelled'),
  interrupted: w(
    1,
    'the {kind} was interrupted at step "{step}" because {why}',
    'Nothing half-made was kept. Start it again.',
  ),
  'cannot-cancel': w(
    5,
    'job {job} cannot be cancelled at step "{step}": data is being exchanged',
    'It ends within moments; afterwards it can be undone.',
  ),
  'job-crashed': w(1, 'the {kind} job died unexpectedly ({cause})', 'See "kedge job log {job}".'),

  // Restore
  'confirmation-wrong': w(5, '"{typed}" is not what confirms this', 'Type {expected} to confirm.'),
  'plan-stale': w(5, 'the plan is out of date: {what} changed', 'Make a new plan and read it.'),
  'restore-refused': w(5, 'this backup cannot be restored here: {why}'),
  'rolled-back': w(9, 'the restore was rolled back, the old data is in place: {why}'),
  'no-good-backup': w(
    6,
    'there is no good backup from {at} or before: {why}',
    'See "kedge backup list" for the moments that there are. A backup that is not good can be named itself.',
  ),
  'restore-degraded': w(
    1,
    'DEGRADED: the restore failed ({why}), and the old data could not be brought back yet: {stuck}. Down: {down}',
    'Both states are kept. Put right what stands against it, such as a full disk, and start Kedge again: it goes on by itself.',
  ),
  'restore-unfinished': w(
    1,
    'DEGRADED: the restore failed ({why}) where nothing takes it back any more, and could not be finished yet: {stuck}. Down: {down}',
    'What was unpacked is kept. Put right what stands against it, such as a full disk, and start Kedge again: it goes on by itself.',
  ),
  'recovery-waits': w(
    1,
    'the recovery of job {job} waits for its database server: {why}',
    'It is tried again every ten minutes. If that server will never come back: kedge recovery give-up {job}',
  ),
  'recovery-stays': w(5, 'the recovery of job {job} is not given up: {why}'),
  'safety-no-space': w(
    10,
    'there is no room for the safety backup in "{path}": {needed} needed, {free} free',
    'Nothing was touched. Take it elsewhere with --safety-to FOLDER, or go without it with --without-safety-backup.',
  ),
  'safety-failed': w(
    1,
    'the safety backup failed, so nothing was restored: {why}',
    'Nothing was touched. Take it elsewhere with --safety-to FOLDER, or go without it with --without-safety-backup.',
  ),
  'consent-missing': w(
    5,
    'this restore goes {words}, and nobody has agreed to that',
    'Type {words} to agree, or plan it otherwise.',
  ),
  'undo-gone': w(6, 'the undo "{undo}" is gone: {why}'),
  'undo-stays': w(
    5,
    'the undo "{undo}" can\'t be removed: {why}',
    'If its server will never come back: kedge undo remove {undo} --forget',
  ),

  ...archiveFailures,
  ...serverFailures,
  ...serviceFailures,
  ...setupFailures,
} as const satisfies Record<string, FailureWords>;
