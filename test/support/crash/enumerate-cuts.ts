import { type DiskHistory, recordHistory } from './disk-history.ts';
import { type DiskImage, type DiskNode, type NodeId, printOf } from './disk-image.ts';
import type { DurableDisk } from './durable-disk.ts';
import type { FlowTrial } from './flow-trial.ts';
import { type Chance, cutPower, durableAtEach } from './power-cut.ts';
import { writeImage } from './write-image.ts';

/** A process that dies leaves the page cache; a machine that does loses of it what chance says. */
export type Cut =
  | { readonly kind: 'crash' }
  | { readonly kind: 'power cut'; readonly name: string; readonly chance: Chance };

/** One moment of a recorded flow: before its operation `k`, or after the last. */
export interface Moment {
  readonly k: number;
  readonly where: string;
  readonly image: DiskImage;
  readonly disk: DurableDisk;
  /** Everything that ever was, as it last was. */
  readonly known: ReadonlyMap<NodeId, DiskNode>;
  readonly running: readonly string[];
  readonly isLast: boolean;
}

/** Runs the flow, or its recovery, once, and answers all its moments. */
export async function momentsOf(
  trial: FlowTrial,
  flow: () => Promise<unknown>,
): Promise<readonly Moment[]> {
  const note = () => [...trial.app.services.running];
  const history = await recordHistory(trial.roots, note, flow);
  return momentsIn(history);
}

function momentsIn(
  history: DiskHistory & { readonly notes: readonly (readonly string[])[] },
): readonly Moment[] {
  const disks = durableAtEach(history);
  const { images, operations, notes } = history;
  let known: ReadonlyMap<NodeId, DiskNode> = new Map();
  return images.flatMap((image, k) => {
    known = new Map([...known, ...image.nodes]);
    const disk = disks[k];
    if (disk === undefined) return [];
    const next = operations[k];
    const where = next === undefined ? 'after the last' : `before ${next.name} ${next.path}`;
    const isLast = next === undefined;
    return [{ k, where: `at ${k}, ${where}`, image, disk, known, running: notes[k] ?? [], isLast }];
  });
}

/** Puts the disk and the services into the state that the cut leaves. */
export async function cutAt(trial: FlowTrial, moment: Moment, cut: Cut): Promise<string> {
  return await leave(trial, moment, cut, imageAfter(moment, cut));
}

function imageAfter({ image, disk, known }: Moment, cut: Cut): DiskImage {
  return cut.kind === 'crash' ? image : cutPower(disk, image, known, cut.chance);
}

async function leave(
  trial: FlowTrial,
  { where, running }: Moment,
  cut: Cut,
  image: DiskImage,
): Promise<string> {
  writeImage(image);
  if (cut.kind === 'crash') {
    trial.app.services.running.clear();
    for (const id of running) trial.app.services.running.add(id);
    return `crash ${where}`;
  }
  const what = `power cut (${cut.name}) ${where}`;
  await trial.boot(what);
  return what;
}

/** What came of states that were met already: many cuts leave the same disk. */
const met = new WeakMap<FlowTrial, Map<string, 'old' | 'new'>>();

/** How many different states were tried. */
export function statesTried(trial: FlowTrial): number {
  return met.get(trial)?.size ?? 0;
}

/** Cuts, recovers and looks. What was said to be done must be there. */
export async function tryCut(
  trial: FlowTrial,
  moment: Moment,
  cut: Cut,
  before = '',
): Promise<'old' | 'new'> {
  const image = imageAfter(moment, cut);
  const state = `${cut.kind === 'crash' ? moment.running.join(' ') : 'boot'}\n${printOf(image)}`;
  const ends = met.get(trial) ?? new Map<string, 'old' | 'new'>();
  met.set(trial, ends);
  const known = ends.get(state);
  if (known !== undefined) return known;
  const where = before + (await leave(trial, moment, cut, image));
  try {
    await trial.recover();
  } catch (error) {
    throw new Error(`recovery failed after a ${where}`, { cause: error });
  }
  const end = await trial.expectSettled(where);
  ends.set(state, end);
  return end;
}
