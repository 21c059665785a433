import { randomInt } from 'node:crypto';
import { KedgeError } from '../../../protocol/failures.ts';
import { inTurn } from '../../os/in-turn.ts';

/** What the transfers of all connections share. */
export interface Transfers {
  /** A place among all streams, until disposed of; fails with busy. `backup`: the one that is read. */
  enter(backup?: string): Disposable;
  /** Never given twice, so that a number of a lost connection means nothing on the next one. */
  nextStream(): number;
  /** Backups that are read by a download: neither retention nor a delete takes them. */
  readonly read: ReadonlySet<string>;
  /** Uploads that a connection holds, by their id in the store; the value has it let go. */
  readonly held: Map<string, () => Promise<void>>;
  /** Opening an upload and looking for abandoned ones, one after the other. */
  readonly inTurn: ReturnType<typeof inTurn>;
}

/** Each may have a window of bytes under way: 32 MiB at most. */
const maxStreamsOfAll = 8;

export function createTransfers(): Transfers {
  let stream = randomInt(2 ** 30);
  const entered = new Set<{ readonly backup?: string | undefined }>();
  return {
    enter(backup) {
      if (entered.size >= maxStreamsOfAll) {
        const why = `${maxStreamsOfAll} transfers are under way`;
        throw new KedgeError('busy', { what: 'one more transfer', why });
      }
      const place = { backup };
      entered.add(place);
      return { [Symbol.dispose]: () => void entered.delete(place) };
    },
    nextStream: () => ++stream,
    get read() {
      return new Set([...entered].flatMap(({ backup }) => backup ?? []));
    },
    held: new Map(),
    inTurn: inTurn(),
  };
}
