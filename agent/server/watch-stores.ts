import { type FSWatcher, watch } from 'chokidar';

export interface StoreWatch extends AsyncDisposable {
  /** Watches these folders, at depth 0, instead of the ones before. */
  watch(folders: readonly string[]): void;
}

/** A file that is still being copied in is looked at when all has stood still for this long. */
const stillMs = 1_000;

/**
 * Tells when archives have come or gone in the store folders. chokidar's own waiting for a file to stand
 * still is not used: it says nothing of one that comes and goes within that time.
 */
export function watchStores(
  onChange: () => Promise<void>,
  onFault: (text: string) => void,
): StoreWatch {
  let watcher: FSWatcher | undefined;
  let folders: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const failed = (error: unknown): void => onFault(`watching destinations: ${String(error)}`);
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void onChange().catch(failed), stillMs).unref();
  };
  return {
    watch(next) {
      if (next.join('\n') === folders.join('\n')) return;
      folders = next;
      void watcher?.close();
      watcher = watch([...next], {
        depth: 0,
        ignoreInitial: true,
        ignored: (path) => path.includes('/.kedge-') && path.endsWith('.partial'),
      });
      // Without a listener an error would end Kedge; destinations are listed regularly all the same.
      watcher.on('all', changed).on('error', failed);
    },
    [Symbol.asyncDispose]: async () => {
      clearTimeout(timer);
      await watcher?.close();
    },
  };
}
