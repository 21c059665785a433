import type { ByHand } from '../by-hand.ts';
import { dataName, factsName } from '../physical/server-facts.ts';
import type { PostgresServerSettings } from './settings.ts';

/** With the server down. What is live is put aside and not removed: who knows no more than this page must not. */
export function postgresServerByHand(name: string, { data }: PostgresServerSettings): ByHand {
  return {
    paths: [data],
    folders: [],
    packages: ['postgresql'],
    // Its version, which the server must have.
    check: [['grep', '"server"', `${name}/${factsName}`]],
    putBack: [
      ['mv', '-T', data, `${data}.before`],
      ['cp', '-aT', `${name}/${dataName}`, data],
      ['chmod', '700', data],
    ],
  };
}
