import type { ServiceSettings } from '../services/settings.ts';
import type { Config } from './config.ts';

/**
 * Whether a service is a database server that holds a source of this configuration: it has to run while that is
 * restored, as it does the restoring. One that does not say what runs in it is taken for the server of any.
 */
export function holdsSources(
  { role, database }: ServiceSettings,
  { sources }: Pick<Config, 'sources'>,
): boolean {
  return (
    role === 'database' &&
    Object.values(sources).some(
      (source) =>
        'database' in source && (database === undefined || database.engine === source.engine),
    )
  );
}
