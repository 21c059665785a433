import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { DoorSettings } from '../../../config/door-settings.ts';
import type { DoctorFacts } from '../facts.ts';
import { stands } from '../of-problem.ts';
import { shellWord } from '../shell-word.ts';

const area = 'permissions';

/** Whether those come in for whom there is a socket of their own; that it can't be opened is told elsewhere. */
export async function checkDoors({
  config,
  problems,
}: Pick<DoctorFacts, 'config' | 'problems'>): Promise<readonly DoctorFinding[]> {
  const doors = (['operator', 'viewer'] as const).map(async (role) => {
    const settings = config?.[`${role}s`];
    if (settings === undefined || stands(problems, `${role}-socket`)) return [];
    return [await ofDoor(`${role}s`, settings)];
  });
  return (await Promise.all(doors)).flat();
}

async function ofDoor(who: string, { socket, group }: DoorSettings): Promise<DoctorFinding> {
  const thing = socket;
  if (group === undefined) {
    const text = `the socket for ${who} is for Kedge's own user alone`;
    const cure = `Name a group in the configuration ("${who}").`;
    return { area, tone: 'advice', thing, text, cure, command: 'kedge config edit' };
  }
  const closed = await firstClosedFolder(socket);
  if (closed === undefined) {
    const text = `${who} come in, by the group "${group}"`;
    return { area, tone: 'ok', thing, text };
  }
  return {
    area,
    tone: 'advice',
    thing,
    text: `${who} can't come in: the folder "${closed}" is closed to others`,
    why: 'A socket is reached only through folders that let one pass.',
    cure: 'Let others pass through it, or put the socket elsewhere, such as below /run/kedge.',
    command: `chmod o+x ${shellWord(closed)}`,
  };
}

/** From the root down. */
async function firstClosedFolder(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const above = folder === '/' ? undefined : await firstClosedFolder(folder);
  if (above !== undefined) return above;
  const found = await stat(folder).catch(() => undefined);
  // Through the group of the folder somebody may come in whom others do not.
  return found === undefined || (found.mode & 0o011) === 0 ? folder : undefined;
}
