import type { Backup } from '../../protocol/domain/backup.ts';
import type { State } from '../state/state.ts';

/** A backup with what is written down of it here: what is proven of it, and whether it is pinned. */
export function withRecords(state: State, backup: Backup): Backup {
  return {
    ...backup,
    ...proofOf(state, backup),
    ...(state.pins.get(backup.id) === undefined ? {} : { pinned: true }),
    ...drillOf(state, backup),
  };
}

function proofOf(state: State, { id }: Backup): Partial<Backup> {
  const record = state.proofs.get(id);
  if (record === undefined) return {};
  const { proof, integrity, problem, sha256 } = record;
  return {
    proof,
    integrity,
    ...(problem === undefined ? {} : { integrityProblem: problem }),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

/** A drill says nothing any more of an archive that was damaged since. */
function drillOf(state: State, { id }: Backup): Partial<Backup> {
  const drill = state.drills.get(id);
  if (drill === undefined) return {};
  const { atMs, seconds, problem } = drill;
  if (problem !== undefined) return { drillFailed: { atMs, problem } };
  return state.proofs.get(id)?.proof.kind === 'damaged' ? {} : { proven: { atMs, seconds } };
}
