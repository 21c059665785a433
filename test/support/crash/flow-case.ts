import type { Work } from '../../../agent/os/work.ts';
import type { RestoreFixture } from '../restore-fixture.ts';

/** One line of the table in `test/crash/flows.ts`: a flow that is cut off everywhere. See `test/crash/README.md`. */
export interface FlowCase {
  readonly name: string;
  /** Operations that change the disk, at the least: fewer means that the enumeration has lost its grip. */
  readonly leastPoints: number;
  /** Makes the start on a fresh fixture (backup, what changed since, plan) and answers the flow, not yet run. */
  prepare(app: RestoreFixture): Promise<Flow>;
}

export interface Flow {
  /** As often as it takes, each time from the same disk. Its undo must be called `undo-<job>`, as the fixture does. */
  run(work: Work): Promise<unknown>;
  /** All that must be of one state; default: `app.live()`. Absolute paths, so that the disk can be put back. */
  look?(): unknown;
  /** What the next start of Kedge does; default: `recoverJournal` of all unfinished journals. */
  recover?(work: Work): Promise<unknown>;
  /** False: the new state is the end of it, and nothing takes it back. */
  readonly keepsUndo?: false;
  /** What `prepare` did outside of the fixture's folder, or mounted in it. */
  close?(): void;
  /** Takes the new state back; default: the undo of the flow, if it is there; it must give the old state. */
  takeBack?(work: Work): Promise<unknown>;
}
