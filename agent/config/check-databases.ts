import type { ConnectionSettings } from '../databases/connection-settings.ts';
import type { ServiceSettings } from '../services/settings.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './parse-config.ts';

/** Servers that can't be reached as they are described, and questions that nobody could answer. */
export function checkDatabases({ services = {} }: Config): readonly ConfigFault[] {
  return Object.entries(services).flatMap(([id, service]) => [
    ...inPlace(['services', id, 'database'], problemsOf(service)),
    ...inPlace(['services', id, 'probes'], probeProblems(service)),
  ]);
}

function inPlace(path: ConfigFault['path'], problems: readonly string[]): readonly ConfigFault[] {
  return problems.map((message) => ({ path, message }));
}

function problemsOf({ database, role }: ServiceSettings): readonly string[] {
  if (database === undefined) return [];
  return [
    ...(role === 'database' ? [] : ['only a service with the role "database" has one']),
    ...(database.engine === 'sqlserver' ? [] : socketProblems(database)),
  ];
}

function socketProblems({ host, socket, tls, port }: ConnectionSettings): readonly string[] {
  return [
    ...(host !== undefined && socket !== undefined
      ? ['"host" and "socket" are two ways to one server: name one of them']
      : []),
    ...(host === undefined && (port !== undefined || tls !== undefined)
      ? ['"port" and "tls" mean something with "host" only']
      : []),
  ];
}

function probeProblems({ probes = [], database }: ServiceSettings): readonly string[] {
  return database === undefined && probes.some(({ kind }) => kind === 'sql')
    ? ['a probe of the kind "sql" needs the "database" of its service']
    : [];
}
