import { wordBytes } from '../../os/word-bytes.ts';
import { holdingsOf } from '../../retention/verdict.ts';
import type { Daemon } from '../daemon.ts';
import { standOrFall } from '../locked-archives.ts';

/** After retention has taken what it may: destinations that still hold more than their cap. */
export function noteFullCaps(daemon: Daemon): void {
  const stores = daemon.configFile.inForce()?.stores ?? {};
  const held = bytesByStore(daemon);
  for (const [name, { maxBytes = Infinity }] of Object.entries(stores)) {
    const bytes = held.get(name) ?? 0;
    const id = `cap-${name}`;
    if (bytes <= maxBytes) {
      standOrFall(daemon.overview.standing, { id });
      continue;
    }
    const limit = wordBytes(maxBytes);
    standOrFall(daemon.overview.standing, {
      id,
      severity: 'warning',
      text: `destination "${name}" holds ${wordBytes(bytes)}, more than its ${limit}, and nothing more may go`,
      place: name,
      hint: '"kedge retention preview" says what holds each backup. Raise "maxBytes", or move some elsewhere.',
    });
  }
}

function bytesByStore(daemon: Daemon): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const backup of daemon.backups.all()) {
    for (const { store } of holdingsOf(backup)) {
      bytes.set(store, (bytes.get(store) ?? 0) + backup.sizeBytes);
    }
  }
  return bytes;
}
