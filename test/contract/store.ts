import { describe, expect, test } from 'vitest';
import type { Store } from '../../agent/stores/store.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

export interface StoreFixture {
  readonly store: Store;
  /** All that lies where the store keeps its archives, its own marker apart. */
  leftovers(): readonly string[];
  /** Makes it unreachable, as a drive that is pulled out. */
  disconnect(): void;
  /** And the same one reachable again, with all that was on it. */
  reconnect(): void;
  /** What it says while it is unreachable, and how it refuses then. */
  readonly absence: { readonly kind: 'offline' | 'away'; readonly code: string };
}

const noProof = async (): Promise<void> => {};

/** What every kind of store must hold. `make` answers a store that is online and empty. */
export function storeContract(kind: string, make: (folder: string) => Promise<StoreFixture>): void {
  const put = async (store: Store, id: string, name: string, text: string): Promise<string> => {
    await using pending = await store.put(id);
    await pending.file.write(text);
    return await pending.commit(name, noProof);
  };
  const textOf = async (store: Store, path: string): Promise<string> => {
    await using reader = await store.read(path);
    return (await reader.read(0, reader.sizeBytes)).toString();
  };

  describe(`store contract: ${kind}`, () => {
    test('an archive is listed only when it was committed, and reads back', async () => {
      const { store } = await make(temporaryFolder());
      await using pending = await store.put('b1');
      await pending.file.write('content');
      const before = await store.list();
      const path = await pending.commit('a.tar.zst', noProof);
      const after = await store.list();
      expect(before).toEqual([]);
      expect(after).toMatchObject([{ name: 'a.tar.zst', path, sizeBytes: 7 }]);
      expect(await textOf(store, path)).toBe('content');
    });

    test('a name that is taken gets a number, and nothing is overwritten', async () => {
      const { store } = await make(temporaryFolder());
      const paths = [];
      for (const id of ['1', '2', '3']) paths.push(await put(store, id, 'a.tar.zst', `text ${id}`));
      const listed = await store.list();
      expect(listed.map(({ name }) => name)).toEqual(['a-2.tar.zst', 'a-3.tar.zst', 'a.tar.zst']);
      expect(await Promise.all(paths.map((path) => textOf(store, path)))).toEqual([
        'text 1',
        'text 2',
        'text 3',
      ]);
    });

    test('an archive that is given up leaves nothing', async () => {
      const { store, leftovers } = await make(temporaryFolder());
      {
        await using pending = await store.put('b1');
        await pending.file.write('half');
      }
      expect(leftovers()).toEqual([]);
    });

    test('an archive that was let go of is gone on with under its id, and committed', async () => {
      const { store, leftovers } = await make(temporaryFolder());
      const begun = await store.put('b1');
      await begun.file.write('begun, ');
      await begun.file.close();
      expect(await store.list()).toEqual([]);
      await using pending = await store.resume('b1');
      await pending?.file.write('ended', 7);
      const path = await pending?.commit('a.tar.zst', noProof);
      expect(await textOf(store, path ?? '')).toBe('begun, ended');
      expect(leftovers()).toEqual(['a.tar.zst']);
      expect(await store.resume('b1')).toBeUndefined();
    });

    test('an archive whose proof fails is not kept', async () => {
      const { store, leftovers } = await make(temporaryFolder());
      const putting = async (): Promise<void> => {
        await using pending = await store.put('b1');
        await pending.commit('a.tar.zst', () => Promise.reject(new Error('not ours')));
      };
      await expect(putting()).rejects.toThrow('not ours');
      expect(leftovers()).toEqual([]);
    });

    test('a removed archive is gone, and removing it again is fine', async () => {
      const { store, leftovers } = await make(temporaryFolder());
      const path = await put(store, 'b1', 'a.tar.zst', 'content');
      await store.remove(path);
      await store.remove(path);
      expect(leftovers()).toEqual([]);
    });

    test('what is discarded is no longer listed, tells when, and comes back under its name', async () => {
      const { store } = await make(temporaryFolder());
      const path = await put(store, 'b1', 'a.tar.zst', 'content');
      const atMs = Date.parse('2026-11-21T02:00:00Z');
      const discarded = (await store.discard(path, atMs)) ?? '';
      expect(await store.list()).toEqual([]);
      const [entry] = await store.discarded();
      expect(entry).toMatchObject({
        name: 'a.tar.zst',
        path: discarded,
        sizeBytes: 7,
        discardedAtMs: atMs,
      });
      expect(await textOf(store, discarded)).toBe('content');
      expect(await store.discard(path, atMs)).toBeUndefined();
      expect(await store.bringBack(discarded)).toBe(path);
      expect([await store.discarded(), await textOf(store, path)]).toEqual([[], 'content']);
    });

    test('archives of one name lie in the trash beside each other, and none is overwritten on its way back', async () => {
      const { store } = await make(temporaryFolder());
      const texts = ['1', '2', '3'];
      for (const text of texts) {
        await store.discard(
          await put(store, text, 'a.tar.zst', text),
          Date.parse('2026-11-21T02:00Z'),
        );
      }
      const all = await store.discarded();
      expect(all.map(({ name }) => name)).toEqual(['a.tar.zst', 'a.tar.zst', 'a.tar.zst']);
      for (const { path } of all) await store.bringBack(path);
      const back = await Promise.all((await store.list()).map(({ path }) => textOf(store, path)));
      expect(back.sort()).toEqual(texts);
    });

    test('what is erased is gone, again is fine, and nothing outside of the trash is', async () => {
      const { store, leftovers } = await make(temporaryFolder());
      const kept = await put(store, 'b1', 'kept.tar.zst', 'content');
      const path =
        (await store.discard(await put(store, 'b2', 'a.tar.zst', 'x'), Date.now())) ?? '';
      await store.erase(path);
      await store.erase(path);
      for (const act of [
        () => store.erase(kept),
        () => store.bringBack(kept),
        () => store.discard(path, 0),
      ]) {
        await expect(act()).rejects.toMatchObject({ failure: { code: 'not-found' } });
      }
      expect(await store.discarded()).toEqual([]);
      expect(leftovers().filter((name) => name !== '.kedge-trash')).toEqual(['kept.tar.zst']);
    });

    test('unreachable: nothing is written, listed or removed', async () => {
      const { store, disconnect, absence } = await make(temporaryFolder());
      const path = await put(store, 'b1', 'a.tar.zst', 'content');
      disconnect();
      expect((await store.state()).kind).toBe(absence.kind);
      for (const act of [
        () => store.put('b2'),
        () => store.resume('b2'),
        () => store.list(),
        () => store.remove(path),
        () => store.discard(path, 0),
        () => store.discarded(),
        () => store.bringBack(path),
        () => store.erase(path),
      ]) {
        await expect(act()).rejects.toMatchObject({ failure: { code: absence.code } });
      }
    });

    test('reachable again: it is the same one, all of it is there, and what was half-written is gone on with', async () => {
      const { store, disconnect, reconnect } = await make(temporaryFolder());
      const path = await put(store, 'b1', 'a.tar.zst', 'content');
      const begun = await store.put('b2');
      await begun.file.write('half');
      await begun.file.close();
      const before = await store.state();
      disconnect();
      reconnect();
      expect(await store.state()).toEqual(before);
      expect(await textOf(store, path)).toBe('content');
      await using pending = await store.resume('b2');
      expect((await pending?.file.stat())?.size).toBe(4);
    });
  });
}
