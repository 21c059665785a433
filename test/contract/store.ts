import { describe, expect, test } from 'vitest';
import type { Store } from '../../agent/stores/store.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

export interface StoreFixture {
  readonly store: Store;
  /** All that lies where the store keeps its archives, its own marker apart. */
  leftovers(): readonly string[];
  /** Makes it unreachable, as a drive that is pulled out. */
  disconnect(): void;
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

    test('offline: nothing is written, listed or removed', async () => {
      const { store, disconnect } = await make(temporaryFolder());
      const path = await put(store, 'b1', 'a.tar.zst', 'content');
      disconnect();
      expect((await store.state()).kind).toBe('offline');
      for (const act of [
        () => store.put('b2'),
        () => store.resume('b2'),
        () => store.list(),
        () => store.remove(path),
      ]) {
        await expect(act()).rejects.toMatchObject({ failure: { code: 'store-offline' } });
      }
    });
  });
}
