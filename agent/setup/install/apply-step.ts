import { chmod, chown } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import {
  exists,
  makeFolder,
  removeFile,
  removeTree,
  rename,
  syncFolder,
  writeFileAtomic,
} from '../../os/files.ts';
import { makeSymlink, removeEmptyFolder } from '../../os/make-entries.ts';
import { giveFolder, holdFolder } from '../../os/own-folder.ts';
import { readOwnerIds } from '../../os/owner-ids.ts';
import { runCommand } from '../../os/run-command.ts';
import { waitUntilHealthy, waitUntilIdle } from './ask-kedge.ts';
import { copyProgram } from './copy-tree.ts';
import { findPath } from './found-path.ts';
import { type ReasonedStep, type Step, wordStep } from './install-step.ts';
import { saveState } from './saved-state.ts';

/** A stop lasts as long as a restore that is exchanging data, ten minutes at the most. */
const commandMs = 660_000;

/** Does one step; what goes wrong names it. */
export async function applyStep(reasoned: ReasonedStep, signal: AbortSignal): Promise<void> {
  try {
    await perform(reasoned.step, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KedgeError) throw error;
    const { what } = wordStep(reasoned);
    throw new KedgeError(
      'install-step-failed',
      { what, why: errorMessage(error) },
      { cause: error },
    );
  }
}

async function perform(step: Step, signal: AbortSignal): Promise<void> {
  switch (step.kind) {
    case 'group':
      return await command(['groupadd', '--system', '--', step.name], signal);
    case 'user':
      return await command(userWords(step), signal);
    case 'folder':
      return await makeOwnFolder(step);
    case 'program':
      return await copyProgram(step.from, step.to);
    case 'file':
      return await writeOwnFile(step);
    case 'link':
      return await putLink(step);
    case 'remove':
      return await remove(step);
    case 'remove-tree':
      return await removeHeld(step.path);
    case 'remove-empty':
      return await removeEmptyFolder(step.path);
    case 'command':
      return await command(step.argv, signal);
    case 'wait-idle':
      return await waitUntilIdle(step.launcher, step.seconds, signal);
    case 'save-state':
      return await saveState(step.from, step.to);
    case 'healthy':
      return await waitUntilHealthy(step.launcher, step.seconds, signal);
    default:
      return step satisfies never;
  }
}

function userWords({ name, home, group }: Extract<Step, { kind: 'user' }>): readonly string[] {
  const primary = group ? ['--gid', name] : ['--user-group'];
  const shell = ['--shell', '/usr/sbin/nologin'];
  return [
    ...['useradd', '--system', '--no-create-home', '--home-dir', home],
    ...[...shell, ...primary, '--', name],
  ];
}

async function command(argv: readonly string[], signal: AbortSignal): Promise<void> {
  const { problem, output } = await runCommand(argv, commandMs, signal);
  if (problem !== undefined) throw new Error(output === '' ? problem : `${problem}: ${output}`);
}

async function makeOwnFolder({
  path,
  mode,
  owner,
}: Extract<Step, { kind: 'folder' }>): Promise<void> {
  // For its owner to come to it; only the folder itself is closed.
  await makeFolder(dirname(path), 0o755);
  await makeFolder(path, mode);
  if (owner !== undefined) return await giveFolder(path, { mode, ...idsOf(owner) });
  await chmod(path, mode);
  await chown(path, 0, 0);
}

async function writeOwnFile(step: Extract<Step, { kind: 'file' }>): Promise<void> {
  const { path, text, mode, owner, keptAs } = step;
  await makeFolder(dirname(path), 0o755);
  if (keptAs !== undefined) await rename(path, keptAs);
  // Before it has its name: then who owns the folder may put a link there.
  await writeFileAtomic(path, text, mode, owner === undefined ? { uid: 0, gid: 0 } : idsOf(owner));
}

function idsOf(owner: string): { readonly uid: number; readonly gid: number } {
  const ids = readOwnerIds().user(owner);
  if (ids === undefined) throw new Error(`there is no user "${owner}"`);
  return ids;
}

/** Nobody exchanges what is in it for links while root removes it. */
async function removeHeld(path: string): Promise<void> {
  const isFolder = (await findPath(path)).kind === 'folder';
  await using _held = isFolder ? await holdFolder(path) : undefined;
  await removeTree(path);
}

/** From one target to the next in one rename: there is always one. */
async function putLink({ path, target, keptAs }: Extract<Step, { kind: 'link' }>): Promise<void> {
  await makeFolder(dirname(path), 0o755);
  if (keptAs !== undefined) await rename(path, keptAs);
  const beside = join(dirname(path), `.kedge-link-${process.pid}`);
  await removeFile(beside);
  await makeSymlink(target, beside);
  await rename(beside, path);
  await syncFolder(dirname(path));
}

async function remove({ path, keptAs }: Extract<Step, { kind: 'remove' }>): Promise<void> {
  if (keptAs === undefined) await removeFile(path);
  else if (await exists(path)) await rename(path, keptAs);
}
