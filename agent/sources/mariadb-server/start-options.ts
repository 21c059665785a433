import { KedgeError } from '../../../protocol/failures.ts';
import type { ServerFacts } from '../physical/server-facts.ts';

/** What each may be: they come from an archive, and become arguments of a server. */
const patterns: Readonly<Record<string, RegExp>> = {
  innodb_page_size: /^\d{4,5}$/,
  innodb_data_file_path:
    /^[\w.]+:\d+[KMG]?(?:;[\w.]+:\d+[KMG]?)*(?::autoextend(?::max:\d+[KMG]?)?)?$/,
  innodb_undo_tablespaces: /^\d{1,3}$/,
  innodb_log_file_size: /^\d{1,13}$/,
  lower_case_table_names: /^[012]$/,
};

/** Arguments with which a server reads the files of a copy. */
export function startOptions({ settings }: ServerFacts): readonly string[] {
  return Object.entries(patterns).flatMap(([name, pattern]) => {
    const value = settings[name];
    if (value === undefined) return [];
    if (!pattern.test(value))
      throw new KedgeError('restore-refused', {
        why: `what it says of the server is nothing that a server says: ${name} is "${value}"`,
      });
    return [`--${name.replaceAll('_', '-')}=${value}`];
  });
}
