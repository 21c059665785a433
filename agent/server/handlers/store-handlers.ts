import { KedgeError } from '../../../protocol/failures.ts';
import { storePrepare } from '../../../protocol/methods/store.ts';
import { exists } from '../../os/files.ts';
import { isMounted } from '../../stores/local/is-mounted.ts';
import { initStore, openStore } from '../../stores/stores.ts';
import type { Daemon } from '../daemon.ts';
import { handle } from './handler.ts';

export const storeHandlers = [
  handle(storePrepare, async (daemon, { store, anyway = false }) => {
    const settings = daemon.config().stores[store];
    if (settings === undefined) {
      throw new KedgeError('destination-unknown', { store });
    }
    const { path } = settings;
    const state = await openStore(store, settings).state();
    if (state.kind === 'online') return { store, path, id: state.id, created: false };
    refuseOther(daemon, store, path);
    if (!(await exists(path))) throw refusal(path, 'there is no such folder');
    const comesAndGoes = settings.removable === true || settings.requireMount === true;
    if (comesAndGoes && !anyway && !(await isMounted(path))) {
      throw refusal(path, 'nothing is mounted there; if that is as it should be, add --anyway');
    }
    const made = await initStore(store, settings, anyway);
    if (made.kind === 'not-empty') {
      throw refusal(path, 'it holds other things; if they may stay there, add --anyway');
    }
    daemon.log.write('info', `"${path}" is marked as destination "${store}"`);
    await daemon.backups.refresh();
    daemon.overview.touch();
    return { store, path, id: made.id, created: made.kind === 'created' };
  }),
];

/** What lies on the drive that was here is listed: a new marker would make it another destination's. */
function refuseOther({ state }: Daemon, store: string, path: string): void {
  const drive = state.seen.drive(store);
  if (drive === undefined || drive.path !== path) return;
  const why = `this destination is on the drive whose marker says "${drive.id}"; give another drive a destination of its own`;
  throw refusal(path, why);
}

function refusal(path: string, why: string): KedgeError {
  return new KedgeError('unavailable', { what: `marking "${path}" as a destination`, why });
}
