import { errorCode, errorMessage } from '../../os/error-code.ts';

/** Why a file could not be read, in words for a gap. */
export function readProblem(error: unknown): string {
  const code = errorCode(error);
  return words[code] ?? (code === '' ? errorMessage(error) : `it cannot be read (${code})`);
}

/** It was listed, and is not there. */
export const vanished = 'it vanished while the backup ran';

const words: Readonly<Record<string, string>> = {
  ENOENT: vanished,
  ENOTDIR: vanished,
  EACCES: 'it cannot be read: permission denied',
  EPERM: 'it cannot be read: permission denied',
  EIO: 'it cannot be read: the disk reports an error (EIO)',
  ELOOP: 'it became a link while the backup ran',
  ENAMETOOLONG: 'its path is longer than the system takes',
};
