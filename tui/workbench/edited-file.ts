import { KedgeError } from '../../protocol/failures.ts';
import type { UserFile } from '../host/settings/user-file.ts';
import { texts } from '../texts/texts.ts';

/** A file while its text is edited elsewhere for minutes. */
export interface EditedFile {
  /** What is in it; what stands there now has been seen. */
  read(): string;
  /** Throws once where somebody else has saved it since it was read; saved again, it takes that one's place. */
  refuseChanged(): void;
}

export function editedFile(file: () => UserFile): EditedFile {
  let seen: string | undefined;
  return {
    read() {
      seen = file().read();
      return seen;
    },
    refuseChanged() {
      const before = seen;
      seen = file().read();
      if (before === undefined || before === seen) return;
      const { path } = file();
      throw new KedgeError('io-failed', {
        operation: 'write',
        path,
        cause: texts.fileFaults.changed,
      });
    },
  };
}
