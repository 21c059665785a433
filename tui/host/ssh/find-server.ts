import { parseAddress, type Server } from './server.ts';
import { readServers } from './server-list.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a command line may say of a server beyond which. */
export type ServerChanges = Partial<Pick<Server, 'remoteKedge' | 'sshOptions' | 'socket'>>;

/** The server of that name in the list, else the one at that address; what was said besides holds instead. */
export function findServer(
  nameOrAddress: string,
  changes: ServerChanges,
  environment: Environment,
): Server {
  const listed = readServers(environment).find(({ name }) => name === nameOrAddress);
  const server = listed ?? { name: nameOrAddress, ...parseAddress(nameOrAddress) };
  return {
    ...server,
    remoteKedge: changes.remoteKedge ?? server.remoteKedge,
    socket: changes.socket ?? server.socket,
    // Before those of the list: of two ssh takes the first.
    sshOptions: [...(changes.sshOptions ?? []), ...(server.sshOptions ?? [])],
  };
}
