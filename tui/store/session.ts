import type { Backup } from '../../protocol/domain/backup.ts';
import { failureOf } from '../../protocol/failures.ts';
import { backupList } from '../../protocol/methods/backup.ts';
import { logTail } from '../../protocol/methods/session.ts';
import { type Call, type Client, connect } from '../client/client.ts';
import type { Dial } from '../host/connection.ts';
import { withChange, withConnection, withLog, withSnapshot } from './reducer.ts';
import { sanitised } from './sanitise.ts';
import { emptyState } from './state.ts';
import { createStore, type Store } from './store.ts';

/** A client and the store that it keeps up to date. */
export interface Session {
  readonly client: Client;
  readonly store: Store;
  readonly call: Call;
  /** Reads the newest `count` backups into the store, at most 20,000, and keeps them fresh from then on. */
  loadBackups(count: number, filter?: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface SessionOptions {
  /** With `dial` only a name for it, for messages. */
  readonly socket: string;
  readonly dial?: Dial | undefined;
  /** The machine that Kedge is on, where that is another one. */
  readonly server?: string | undefined;
  /** Name of the program that asks, for the audit. */
  readonly client: string;
  readonly claimedUser?: string | undefined;
  /** No person is there to answer. */
  readonly unattended?: boolean;
  /** The terminal that it is at, for others who are here. */
  readonly tty?: string | undefined;
  readonly reconnect: 'always' | 'after-open';
  /** Also keep the daemon's log in the store. */
  readonly log?: boolean;
}

const logLines = 500;
/** The most that `backup.list` gives at once. */
const pageLimit = 1_000;
/** Some 40 MB; whoever looks for one further back filters. */
const mostBackups = 20_000;

export function openSession(options: SessionOptions): Session {
  const { server } = options;
  const store = createStore(server === undefined ? emptyState : { ...emptyState, server });
  const client = connect({
    ...options,
    onState(connection) {
      store.update((state) => withConnection(state, connection));
      if (connection.kind === 'open') onOpen();
    },
    onSnapshot: (snapshot) => store.update((state) => withSnapshot(state, snapshot)),
    onChange(change) {
      store.update((state) => withChange(state, change));
      if (change.topic === 'backups') refreshBackups();
    },
  });
  const loadBackups = async (count: number, filter = ''): Promise<void> => {
    const wanted = Math.min(count, mostBackups);
    store.update((state) => ({
      ...state,
      backups: { ...state.backups, wanted, filter, loading: true },
    }));
    const [all, page] = await Promise.all([
      readBackups(client.call, {}, filter === '' ? wanted : pageLimit),
      filter === '' ? undefined : readBackups(client.call, { filter }, wanted),
    ]).catch((error: unknown) => {
      const failure = sanitised(failureOf(error));
      store.update((state) => ({
        ...state,
        backups: { ...state.backups, loading: false, failure },
      }));
      throw error;
    });
    const newest = sanitised(all.backups);
    const items = page === undefined ? newest : sanitised(page.backups);
    const { total } = page ?? all;
    store.update((state) =>
      state.backups.filter !== filter
        ? state
        : { ...state, backups: { total, items, newest, wanted, filter, loading: false } },
    );
  };
  // A refresh that fails is made up for at the next change or connection.
  const refreshBackups = (): void => {
    const { wanted, filter } = store.get().backups;
    if (wanted > 0) loadBackups(wanted, filter).catch(() => undefined);
  };
  const readLog = async (): Promise<void> => {
    const { lines } = await client.call(logTail, { lines: logLines });
    store.update((state) => withLog(state, lines));
  };
  const onOpen = (): void => {
    queueMicrotask(() => {
      refreshBackups();
      if (options.log === true) readLog().catch(() => undefined);
    });
  };
  return {
    client,
    store,
    call: client.call,
    loadBackups,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** The newest backups, one page after the other. */
async function readBackups(
  call: Call,
  about: { readonly filter?: string },
  wanted: number,
): Promise<{ readonly total: number; readonly backups: readonly Backup[] }> {
  const backups: Backup[] = [];
  for (;;) {
    const limit = Math.max(1, Math.min(pageLimit, wanted - backups.length));
    const page = await call(backupList, { offset: backups.length, limit, ...about });
    backups.push(...page.backups);
    if (page.backups.length < limit || backups.length >= wanted) {
      return { total: page.total, backups };
    }
  }
}
