import type { Bench } from '../../screens/bench.ts';
import type { ConnectionHost } from './connection-host.ts';

/** While no Kedge ever answered here, looks after each attempt what stands against it. Call at every change. */
export function watchStanding(bench: () => Bench, host: ConnectionHost | undefined): () => void {
  let looked: number | undefined;
  return () => {
    const { here } = host ?? {};
    const { connection, snapshot } = bench().session.store.get();
    if (here === undefined || connection.kind !== 'lost' || snapshot !== undefined) return;
    if (connection.retryAtMs === looked) return;
    looked = connection.retryAtMs;
    bench().load('standing', '', async () => await here.standing());
  };
}
