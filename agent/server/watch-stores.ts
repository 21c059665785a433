import { type FSWatcher, watch } from 'chokidar';

export interface StoreWatch extends AsyncDisposable {
  /** Watches these folders, at depth 0, instead of the ones before. */
  watch(folders: readonly string[]): void;
}

/** A file that is still being copied in is looked at when its size has stood still for this long. */
const stillMs = 1_000;

/** Tells when archives come or go in the store folders. */
export function watchStores(onChange: () => Promise<void>): StoreWatch {
  let watcher: FSWatcher | undefined;
  let folders: readonly string[] = [];
  return {
    watch(next) {
      if (next.join('\n') === folders.join('\n')) return;
      folders = next;
      void watcher?.close();
      watcher = watch([...next], {
        depth: 0,
        ignoreInitial: true,
        ignored: (path) => path.includes('/.kedge-') && path.endsWith('.partial'),
        awaitWriteFinish: { stabilityThreshold: stillMs, pollInterval: 200 },
      });
      const changed = (): void => void onChange();
      watcher
        .on('add', changed)
        .on('unlink', changed)
        .on('unlinkDir', changed)
        .on('addDir', changed);
    },
    [Symbol.asyncDispose]: async () => await watcher?.close(),
  };
}
