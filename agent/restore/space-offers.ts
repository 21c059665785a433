import { stat } from 'node:fs/promises';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import type { RestoreChoices, SpaceOffer } from '../../protocol/domain/restore-safety.ts';
import { exists } from '../os/files.ts';
import { wordBytes } from '../os/word-bytes.ts';
import type { SpaceNeed } from '../sources/restore-kind.ts';
import { choiceWords } from './choice-words.ts';
import type { Asked as AskedFor } from './modes/asked.ts';
import type { Restorable } from './restorable.ts';
import { existingFolder } from './space-needs.ts';
import { undolessProblems } from './without-undo.ts';

/** What could be chosen where room is missing, and what no choice helps. */
export interface SpaceAnswers {
  readonly offers: readonly SpaceOffer[];
  readonly warnings: readonly string[];
}

interface Asked {
  readonly choices: RestoreChoices | undefined;
  /** The command that was asked for, without choices. */
  readonly command: string;
  readonly sources: readonly Restorable[];
  /** Of the safety backup. */
  readonly safety: readonly SpaceNeed[];
  /** Of merges and parts there is always an undo. */
  readonly mayGoWithoutUndo: boolean;
}

interface Named extends SpaceNeed {
  readonly source: string;
}

/** What stands against the choices themselves. */
export async function choiceProblems(
  asked: AskedFor & { readonly choices?: RestoreChoices | undefined },
): Promise<readonly string[]> {
  const { staging } = asked.choices ?? {};
  const problems: string[] = [];
  if (staging !== undefined && !(await exists(staging))) {
    problems.push(`there is no folder "${staging}" to unpack into`);
  }
  return [...problems, ...undolessProblems(asked)];
}

/**
 * For each file system that lacks room: unpacking elsewhere first, then the safety backup elsewhere, and where both
 * together are not enough, no undo.
 */
export async function spaceOffers(
  space: RestorePlan['space'],
  asked: Asked,
): Promise<SpaceAnswers> {
  const short = space.filter(({ neededBytes, freeBytes }) => freeBytes < neededBytes);
  if (short.length === 0) return { offers: [], warnings: [] };
  const needs: Named[] = [];
  for (const { name, restore, archived } of asked.sources) {
    for (const need of await restore.space(archived)) needs.push({ ...need, source: name });
  }
  const offers: SpaceOffer[] = [];
  const warnings: string[] = [];
  for (const one of short) {
    const { dev } = await stat(one.path);
    const here = await onDevice(needs, dev);
    const elsewhere = [...stagingOffer(one, here, asked), ...(await safetyOffer(one, dev, asked))];
    offers.push(...elsewhere, ...undolessOffer(one, here, elsewhere, asked));
    warnings.push(...mustLieHere(here));
  }
  return { offers: inOrder(offers), warnings };
}

type Short = RestorePlan['space'][number];

function stagingOffer(
  { path, neededBytes, freeBytes }: Short,
  needs: readonly Named[],
  { choices, command }: Asked,
): readonly SpaceOffer[] {
  const movable = needs.filter((need) => need.movable === true);
  const bytes = movable.reduce((sum, need) => sum + need.bytes, 0);
  if (choices?.staging !== undefined || bytes === 0) return [];
  return [
    {
      kind: 'staging elsewhere',
      path,
      freesBytes: bytes,
      needsBytes: bytes,
      suffices: neededBytes - bytes <= freeBytes,
      sources: movable.map(({ source }) => source),
      command: `${command}${choiceWords({ ...choices, staging: 'FOLDER' })}`,
    },
  ];
}

async function safetyOffer(
  { path, neededBytes, freeBytes }: Short,
  device: number,
  { choices, command, safety }: Asked,
): Promise<readonly SpaceOffer[]> {
  const [archive] = safety;
  if (archive === undefined || choices?.safetyTo !== undefined) return [];
  if ((await onDevice([archive], device)).length === 0) return [];
  const { bytes } = archive;
  return [
    {
      kind: 'safety backup elsewhere',
      path,
      freesBytes: bytes,
      needsBytes: bytes,
      suffices: neededBytes - bytes <= freeBytes,
      sources: [],
      command: `${command}${choiceWords({ ...choices, safetyTo: 'FOLDER' })}`,
    },
  ];
}

/** The last that is offered: only where it is enough, and nothing that keeps the way back is. */
function undolessOffer(
  { path, neededBytes, freeBytes }: Short,
  needs: readonly Named[],
  elsewhere: readonly SpaceOffer[],
  { choices, command, mayGoWithoutUndo }: Asked,
): readonly SpaceOffer[] {
  const kept = needs.filter(({ part }) => part === 'undo');
  const bytes = kept.reduce((sum, need) => sum + need.bytes, 0);
  const freed = elsewhere.reduce((sum, { freesBytes }) => sum + freesBytes, 0);
  const missing = neededBytes - freeBytes;
  const isAsked = choices?.withoutUndo === true || !mayGoWithoutUndo;
  if (isAsked || missing <= freed || missing > freed + bytes) return [];
  const alone = missing <= bytes;
  return [
    {
      kind: 'without undo',
      path,
      freesBytes: alone ? bytes : bytes + freed,
      needsBytes: alone ? 0 : freed,
      suffices: true,
      sources: kept.map(({ source }) => source),
      command: `${command}${choiceWords({ ...choices, ...(alone ? {} : foldersOf(elsewhere)), withoutUndo: true })}`,
    },
  ];
}

function foldersOf(offers: readonly SpaceOffer[]): RestoreChoices {
  const kinds = new Set(offers.map(({ kind }) => kind));
  return {
    ...(kinds.has('staging elsewhere') ? { staging: 'FOLDER' } : {}),
    ...(kinds.has('safety backup elsewhere') ? { safetyTo: 'FOLDER' } : {}),
  };
}

/** What is put in place by a rename has to be on its file system before. */
function mustLieHere(needs: readonly Named[]): readonly string[] {
  return needs
    .filter(({ part, movable }) => part === 'staging' && movable !== true)
    .map(
      ({ source, bytes, path }) =>
        `source "${source}" (${wordBytes(bytes)}) can only be unpacked on the disk of "${path}": what is live there is not removed before the new is whole, so room has to be made`,
    );
}

async function onDevice<T extends SpaceNeed>(
  needs: readonly T[],
  device: number,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (const need of needs) {
    const { dev } = await stat(await existingFolder(need.path));
    if (dev === device) found.push(need);
  }
  return found;
}

function inOrder(offers: readonly SpaceOffer[]): readonly SpaceOffer[] {
  const order: readonly SpaceOffer['kind'][] = [
    'staging elsewhere',
    'safety backup elsewhere',
    'without undo',
  ];
  return offers.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
