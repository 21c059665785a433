import * as z from 'zod';
import { Integrity, Proof } from '../../protocol/domain/backup.ts';
import type { StateDatabase } from './state-database.ts';

/** What is known of a backup beyond its archive. */
export interface ProofRecord {
  readonly proof: Proof;
  readonly integrity: Integrity;
  readonly problem?: string;
  readonly sha256?: string;
}

export interface Proofs {
  get(backup: string): ProofRecord | undefined;
  set(backup: string, record: ProofRecord): void;
}

const Row = z.object({
  proof: z.string(),
  integrity: Integrity,
  problem: z.string().nullable(),
  sha256: z.string().nullable(),
});

export function openProofs(database: StateDatabase): Proofs {
  const find = database.prepare('select * from proofs where backup = ?');
  const put = database.prepare(
    'insert or replace into proofs (backup, proof, integrity, problem, sha256) values (?, ?, ?, ?, ?)',
  );
  return {
    get(backup) {
      const raw = find.get(backup);
      if (raw === undefined) return undefined;
      const row = Row.parse(raw);
      return {
        proof: Proof.parse(JSON.parse(row.proof)),
        integrity: row.integrity,
        ...(row.problem === null ? {} : { problem: row.problem }),
        ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
      };
    },
    set(backup, { proof, integrity, problem, sha256 }) {
      put.run(backup, JSON.stringify(proof), integrity, problem ?? null, sha256 ?? null);
    },
  };
}
