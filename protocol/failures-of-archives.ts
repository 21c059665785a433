import { type FailureWords, words as w } from './failure-words.ts';

/** What fails about archives, and about the keys that open them. */
export const archiveFailures = {
  'archive-not-ours': w(
    8,
    '"{path}" is not a Kedge archive: {problem}',
    'A plain archive can be unpacked with "tar --zstd -xf".',
  ),
  'archive-newer': w(
    8,
    '"{path}" has format version {found}; this Kedge reads up to {known}',
    'Use a newer Kedge, or unpack it with "tar --zstd -xf".',
  ),
  'archive-damaged': w(
    8,
    '"{path}" is damaged: {problem}',
    'Use another backup; this one must not be trusted.',
  ),
  'nothing-salvaged': w(
    8,
    'nothing could be saved from "{path}": {why}',
    'Use another backup, or another copy of this one.',
  ),
  'base-missing': w(
    8,
    '"{path}" needs the full "{base}": {why}',
    'Bring that full back beside it, under any name, or use another backup. Nothing was changed.',
  ),
  'stands-alone': w(
    5,
    '"{path}" is a full: it stands alone already',
    'Only a differential can be made a full.',
  ),
  'upload-refused': w(
    8,
    'the uploaded "{name}" was refused and removed from "{folder}": {why}',
    'Check the file where it came from with "kedge backup verify FILE".',
  ),
  'backup-pinned': w(
    5,
    'backup {backup} is pinned ({reason}) and is not deleted',
    'Let go of it first with "kedge backup unpin {backup}".',
  ),
  'backup-known': w(
    5,
    '"{name}" is the backup {backup}, which is listed already: "{path}"',
    'Nothing of the upload was kept.',
  ),
  'download-differs': w(
    8,
    'what arrived of "{name}" is not what was backed up, and was removed: its SHA-256 is {found}, not {expected}',
    'Have it checked where it lies with "kedge backup verify {backup}".',
  ),
  'nothing-captured': w(1, 'no source could be captured, so no backup was made: {problem}'),

  // Encryption
  'key-missing': w(
    5,
    '"{path}" is encrypted, and {why}',
    'Give the recovery key with --recovery-key, or open it with "age -d -i KEY-FILE".',
  ),
  'passphrase-missing': w(
    5,
    '"{path}" is encrypted with a passphrase, and none was given',
    'Give it with --passphrase.',
  ),
  'key-unproven': w(
    5,
    'encryption is not enabled: nobody has shown the secret half of the recovery key {recoveryKey}',
    'Type it back once with "kedge key check". Until then no backup is taken, rather than one in the clear.',
  ),
  'key-unusable': w(
    5,
    'Kedge\'s own key "{path}" can\'t be used: {why}',
    'Make it readable for Kedge alone (chmod 600); where it is lost, "kedge key check" makes a new one.',
  ),
  'key-wrong': w(
    5,
    'this is the secret half of {found}, and the configured recovery key is {expected}',
    'To put it in the place of that one, add --replace.',
  ),
  'passphrase-wrong': w(5, 'the passphrase does not open "{path}"', 'Nothing was changed.'),
} as const satisfies Record<string, FailureWords>;
