import { realpathSync, statSync } from 'node:fs';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { probeReadable } from '../../os/probe.ts';

/** The real path of a source's folder; fails where it is missing, no folder, or closed to Kedge. */
export function openFolder(source: string, path: string): Buffer {
  try {
    const real = realpathSync(path, { encoding: 'buffer' });
    if (!statSync(real).isDirectory()) {
      throw new KedgeError('source-unreadable', { source, path, cause: 'it is not a folder' });
    }
    probeReadable(real);
    return real;
  } catch (error) {
    if (error instanceof KedgeError) throw error;
    if (errorCode(error) === 'ENOENT') {
      throw new KedgeError('source-missing', { source, path }, { cause: error });
    }
    const cause = errorMessage(error);
    throw new KedgeError('source-unreadable', { source, path, cause }, { cause: error });
  }
}
