import type { Role } from '../../protocol/domain/role.ts';
import type { DoorSettings } from '../config/door-settings.ts';
import { errorMessage } from '../os/error-code.ts';
import { inTurn } from '../os/in-turn.ts';
import { readOwnerIds } from '../os/owner-ids.ts';
import type { Daemon } from './daemon.ts';
import { listen } from './listen.ts';

type Guest = Exclude<Role, 'admin'>;

/** Keeps the sockets for operators and viewers open as the configuration has them. A change takes effect at once. */
export function offerDoors(daemon: Daemon): AsyncDisposable {
  const doors = (['operator', 'viewer'] as const).map((role) => offerDoor(daemon, role));
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(doors.map(async (door) => await door[Symbol.asyncDispose]()));
    },
  };
}

function offerDoor(daemon: Daemon, role: Guest): AsyncDisposable {
  const oneAtATime = inTurn();
  let open: AsyncDisposable | undefined;
  let setting = '';
  let closed = false;

  const follow = async (): Promise<void> => {
    const settings = closed ? undefined : daemon.configFile.inForce()?.[`${role}s`];
    const wanted = JSON.stringify(settings ?? '');
    if (wanted === setting) return;
    setting = wanted;
    await open?.[Symbol.asyncDispose]();
    open = undefined;
    settle(daemon, role);
    if (settings === undefined) return;
    try {
      open = await listenFor(daemon, role, settings);
      daemon.log.write('info', `${role}s may come to ${settings.socket}`);
    } catch (error) {
      tell(daemon, role, settings, errorMessage(error));
    }
  };
  const changed = (): void =>
    void oneAtATime(follow).catch((error: unknown) =>
      daemon.log.write('error', `socket for ${role}s: ${errorMessage(error)}`),
    );
  const listening = daemon.broadcast.subscribe(({ change }) => {
    if (change.topic === 'config') changed();
  });
  changed();
  return {
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]();
      closed = true;
      await oneAtATime(follow);
    },
  };
}

async function listenFor(
  daemon: Daemon,
  role: Guest,
  { socket: path, group }: DoorSettings,
): Promise<AsyncDisposable> {
  if (path === daemon.places.socket) throw new Error("it is Kedge's own socket");
  const gid = group === undefined ? undefined : readOwnerIds().group(group);
  if (group !== undefined && gid === undefined) throw new Error(`there is no group "${group}"`);
  return await listen(daemon, { path, role, ...(gid === undefined ? {} : { gid }) });
}

function problemId(role: Guest): string {
  return `${role}-socket`;
}

function tell(daemon: Daemon, role: Guest, { socket }: DoorSettings, why: string): void {
  daemon.overview.standing.set(problemId(role), {
    id: problemId(role),
    severity: 'warning',
    text: `${role}s can't come to "${socket}": ${why}`,
    place: socket,
    hint: `Put it right in the configuration ("${role}s"), or run "kedge install" again where the group is new.`,
  });
  daemon.overview.touch();
}

function settle(daemon: Daemon, role: Guest): void {
  if (daemon.overview.standing.delete(problemId(role))) daemon.overview.touch();
}
