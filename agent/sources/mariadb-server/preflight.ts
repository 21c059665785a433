import { KedgeError } from '../../../protocol/failures.ts';
import type { Preflight } from '../source.ts';
import { measureTrees } from '../tree/measure-trees.ts';
import { lookAt } from './capture.ts';
import { captureNotes } from './capture-notes.ts';
import { findBackupProgram } from './programs.ts';
import type { MariadbServerSettings } from './settings.ts';

const nothing: Preflight = { contentBytes: 0, files: 0, scratchBytes: 0, warnings: [] };

/** The whole data folder goes through scratch, where its copy is brought to one moment. */
export async function preflightServer(
  source: string,
  settings: MariadbServerSettings,
  signal: AbortSignal,
): Promise<Preflight> {
  try {
    const live = await lookAt(source, settings, signal);
    await findBackupProgram({ source, version: live.version }, signal);
    const tree = { root: Buffer.from(settings.data), name: Buffer.from(source) };
    const isNotTaken = (relative: Buffer): boolean => notTaken.test(relative.toString('latin1'));
    const { contentBytes, files } = await measureTrees([tree], isNotTaken, signal);
    const warnings = captureNotes(source, live);
    return { contentBytes, files, scratchBytes: contentBytes + logBytes, warnings };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { ...nothing, problem: error.failure };
  }
}

/** At the top: logs and temporary tables. */
const notTaken = /^(?:ib_logfile\d+|ibtmp\d+|[^/]*-bin\.\d+)$/;

/** What is written while it is copied. */
const logBytes = 64 << 20;
