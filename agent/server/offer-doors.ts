import type { Role } from '../../protocol/domain/role.ts';
import type { DoorSettings } from '../config/door-settings.ts';
import { errorMessage } from '../os/error-code.ts';
import { inTurn } from '../os/in-turn.ts';
import { readOwnerIds } from '../os/owner-ids.ts';
import type { Daemon } from './daemon.ts';
import { listen } from './listen.ts';

type Guest = Exclude<Role, 'admin'>;

const guests = ['operator', 'viewer'] as const satisfies readonly Guest[];

/** Keeps the sockets for operators and viewers open as the configuration has them. A change takes effect at once. */
export function offerDoors(daemon: Daemon): AsyncDisposable {
  const oneAtATime = inTurn();
  const doors = guests.map((role) => offerDoor(daemon, role));
  let closed = false;

  const follow = async (): Promise<void> => {
    const config = closed ? undefined : daemon.configFile.inForce();
    // All that close before any opens: the path of one may have been given to the other.
    const changed = await Promise.all(
      doors.map(async (door) => await door.leave(config?.[`${door.role}s`])),
    );
    for (const open of changed) await open?.();
  };
  const changed = (): void =>
    void oneAtATime(follow).catch((error: unknown) =>
      daemon.log.write('error', `sockets for others: ${errorMessage(error)}`),
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

interface OfferedDoor {
  readonly role: Guest;
  /** Closes it where it was another one; then answers what opens the new one. */
  leave(settings: DoorSettings | undefined): Promise<(() => Promise<void>) | undefined>;
}

function offerDoor(daemon: Daemon, role: Guest): OfferedDoor {
  let open: AsyncDisposable | undefined;
  let setting = '';
  return {
    role,
    async leave(settings) {
      const wanted = JSON.stringify(settings ?? '');
      if (wanted === setting) return undefined;
      setting = wanted;
      await open?.[Symbol.asyncDispose]();
      open = undefined;
      settle(daemon, role);
      if (settings === undefined) return undefined;
      return async () => {
        try {
          open = await listenFor(daemon, role, settings);
          daemon.log.write('info', `${role}s may come to ${settings.socket}`);
        } catch (error) {
          tell(daemon, role, settings, errorMessage(error));
        }
      };
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
