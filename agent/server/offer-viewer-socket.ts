import type { ViewerSettings } from '../config/viewer-settings.ts';
import { errorMessage } from '../os/error-code.ts';
import { inTurn } from '../os/in-turn.ts';
import { readOwnerIds } from '../os/owner-ids.ts';
import type { Daemon } from './daemon.ts';
import { listen } from './listen.ts';

const problemId = 'viewer-socket';

/** Keeps the socket for viewers open as the configuration has it. A change takes effect at once. */
export function offerViewerSocket(daemon: Daemon): AsyncDisposable {
  const oneAtATime = inTurn();
  let open: AsyncDisposable | undefined;
  let setting = '';
  let closed = false;

  const follow = async (): Promise<void> => {
    const settings = closed ? undefined : daemon.configFile.inForce()?.viewers;
    const wanted = JSON.stringify(settings ?? '');
    if (wanted === setting) return;
    setting = wanted;
    await open?.[Symbol.asyncDispose]();
    open = undefined;
    settle(daemon);
    if (settings === undefined) return;
    try {
      open = await listenFor(daemon, settings);
      daemon.log.write('info', `viewers may come to ${settings.socket}`);
    } catch (error) {
      tell(daemon, settings, errorMessage(error));
    }
  };
  const changed = (): void =>
    void oneAtATime(follow).catch((error: unknown) =>
      daemon.log.write('error', `socket for viewers: ${errorMessage(error)}`),
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
  { socket: path, group }: ViewerSettings,
): Promise<AsyncDisposable> {
  if (path === daemon.places.socket) throw new Error("it is Kedge's own socket");
  const gid = group === undefined ? undefined : readOwnerIds().group(group);
  if (group !== undefined && gid === undefined) throw new Error(`there is no group "${group}"`);
  return await listen(daemon, { path, role: 'viewer', ...(gid === undefined ? {} : { gid }) });
}

function tell(daemon: Daemon, { socket }: ViewerSettings, why: string): void {
  daemon.overview.standing.set(problemId, {
    id: problemId,
    severity: 'warning',
    text: `viewers can't come to "${socket}": ${why}`,
    place: socket,
    hint: 'Put it right in the configuration ("viewers").',
  });
  daemon.overview.touch();
}

function settle(daemon: Daemon): void {
  if (daemon.overview.standing.delete(problemId)) daemon.overview.touch();
}
