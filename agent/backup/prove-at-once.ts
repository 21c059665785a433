import type { Backup } from '../../protocol/domain/backup.ts';
import type { Archive } from '../archive/archive-reader.ts';
import type { FindBase } from '../chain/chain.ts';
import type { Keys, Work } from '../os/work.ts';
import { runVerify } from './run-verify.ts';

type Proven = Pick<Backup, 'proof' | 'integrity' | 'integrityProblem'>;

export interface ProofAtOnce {
  prove(made: Archive): Promise<void>;
  found(): Partial<Proven>;
}

/** Verifies an archive by the key of its making before that is forgotten: nothing here opens it afterwards. */
export function proveAtOnce(
  path: string,
  { fileKey }: Keys,
  stores: readonly string[],
  work: Work,
  findIndex?: FindBase,
): ProofAtOnce {
  let found: Partial<Proven> = {};
  return {
    async prove() {
      const keys = { identities: [], ...work.keys, fileKey };
      const { integrity, integrityProblem } = await runVerify(
        path,
        { ...work, keys },
        stores,
        findIndex,
      );
      found = {
        proof: { kind: 'verified', atMs: Date.now() },
        integrity,
        ...(integrityProblem === undefined ? {} : { integrityProblem }),
      };
    },
    found: () => found,
  };
}
