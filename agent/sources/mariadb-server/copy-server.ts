import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { makeFolder } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { runDumpTool, type ToolLogin } from '../dumps/run-dump-tool.ts';
import { type CopyPace, usualPace, whileCopying } from './while-copying.ts';

/** A copy that is being made. */
export interface Copying {
  readonly source: string;
  /** mariadb-backup of the server's version. */
  readonly program: string;
  readonly login: ToolLogin;
  /** In scratch; not there yet. */
  readonly folder: string;
}

/**
 * Copies a running server and brings the copy to one moment, the end of the copying: afterwards a server starts on
 * it as on its own folder. Nobody is locked out but for a moment, from changes of tables.
 */
export async function copyServer(
  copying: Copying,
  work: Work,
  pace: CopyPace = usualPace,
): Promise<void> {
  const { source, folder } = copying;
  await makeFolder(folder);
  work.progress(`copy the server of ${source}`, 0, 0);
  await runProgram(copying, ['--backup', `--target-dir=${folder}`], pace, work);
  await refuseUnless(copying, ['full-backuped']);
  work.progress(`bring the copy of ${source} to one moment`, 0, 0);
  await runProgram(copying, ['--prepare', `--target-dir=${folder}`], pace, work);
  await refuseUnless(copying, ['log-applied', 'full-prepared']);
}

async function runProgram(
  { source, program, login, folder }: Copying,
  argv: readonly string[],
  pace: CopyPace,
  { signal }: Work,
): Promise<void> {
  const order = { source, tool: program, argv: [...login.argv, ...argv], login, folder };
  // It reads the data folder by the rights that Kedge has for that.
  const run = async (until: AbortSignal) =>
    await runDumpTool({ ...order, keeps: ['dac_read_search'] }, until);
  const stuck = (ms: number): KedgeError => {
    const minutes = Math.round(ms / 60_000);
    const why = `it wrote nothing for ${minutes} minutes: it hangs, or waits for a table that somebody has locked`;
    return new KedgeError('dump-tool-failed', { source, tool: 'mariadb-backup', why });
  };
  await whileCopying({ folder, pace, stuck }, run, signal);
}

const checkpoints = ['xtrabackup_checkpoints', 'mariadb_backup_checkpoints'] as const;

/** It writes this last: a program that ended without it has not said that it was done. */
async function refuseUnless({ source, folder }: Copying, states: readonly string[]): Promise<void> {
  for (const name of checkpoints) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (states.some((state) => text.includes(`backup_type = ${state}\n`))) return;
  }
  const why = `it ended without saying that its copy is "${states[0]}"`;
  throw new KedgeError('dump-tool-failed', { source, tool: 'mariadb-backup', why });
}

/** Of files, by their paths in the copy: those of the program itself; no server has them in its folder. */
export function isOfBackup(path: string): boolean {
  return path === 'backup-my.cnf' || /^(?:xtrabackup|mariadb_backup)_[^/]*$/.test(path);
}

/** "mariadb-bin.000042 1234 0-1-17": where replicas would go on from this copy. */
export async function binaryLogPosition(folder: string): Promise<string | undefined> {
  for (const name of ['xtrabackup_binlog_info', 'mariadb_backup_binlog_info']) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (text.trim() !== '') return text.trim().replaceAll(/\s+/g, ' ');
  }
  return undefined;
}
