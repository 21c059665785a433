import type { ClientConfig } from 'pg';
import type { PostgresLogin } from './connect.ts';

/** What a server says before it lets in. */
export interface Heard {
  version: string;
  isInTheClear: boolean;
}

/** pg asks the environment for all that it is not told, or told in vain. */
export function settingsOf(login: PostgresLogin, heard: Heard): ClientConfig {
  const { place, user, database } = login;
  return {
    ...againstEnvironment(login.replication),
    host: place.host,
    port: place.port,
    user,
    database,
    // Asked for when a server wants one; a text could be absent, and pg would look into ~/.pgpass.
    password: () => passwordOf(login, heard),
    application_name: 'kedge',
    client_encoding: 'UTF8',
    sslnegotiation: 'postgres',
    types: { getTypeParser: () => String },
  };
}

/** Both are sent only where they have to be: an old pgbouncer refuses them. */
function againstEnvironment(isReplication = false): object {
  const { PGOPTIONS: options, PGREPLICATION: replication } = process.env;
  const otherwise = replication ? { replication: 'false' } : {};
  return {
    ...(options ? { options: ' ' } : {}),
    ...(isReplication ? { replication: 'true' } : otherwise),
  };
}

function passwordOf({ password, isLocal, tls }: PostgresLogin, heard: Heard): string {
  if (password === undefined) throw new Error('it asks for a password, and none is configured');
  if (heard.isInTheClear && !isLocal && tls === undefined)
    throw new Error('it asks for the password in the clear, without TLS');
  return password;
}
