import type Database from 'better-sqlite3';
import * as z from 'zod';
import { errorCode, errorMessage } from '../../os/error-code.ts';

export interface IntegrityAnswer {
  /** What SQLite finds wrong; empty: nothing. */
  readonly problems: readonly string[];
  /** Tables that it can't look at here, and why: the application has a collation or function of its own. */
  readonly unchecked: readonly string[];
}

type Check = 'integrity_check' | 'quick_check';

const Answers = z.array(z.string());

/**
 * SQLite's own check of `main`. It stops at the first table that needs what only the application knows,
 * which is no damage: then each table is asked for by itself.
 */
export function askIntegrity(
  database: Database.Database,
  check: Check,
  problemsAtMost: number,
): IntegrityAnswer {
  try {
    return { problems: ask(database, check, String(problemsAtMost)), unchecked: [] };
  } catch (error) {
    if (!isForeign(error)) throw error;
    return askEach(database, check);
  }
}

function ask(database: Database.Database, check: Check, argument: string): readonly string[] {
  const answers = Answers.parse(
    database.prepare(`pragma main.${check}(${argument})`).pluck().all(),
  );
  return answers[0] === 'ok' ? [] : answers;
}

function isForeign(error: unknown): boolean {
  if (!errorCode(error).startsWith('SQLITE_ERROR')) return false;
  return /^(no such collation sequence|unknown function|no such function|no such module)/.test(
    errorMessage(error),
  );
}

function askEach(database: Database.Database, check: Check): IntegrityAnswer {
  const tables = Answers.parse(
    database
      .prepare("select name from main.sqlite_schema where type = 'table' order by name")
      .pluck()
      .all(),
  );
  const [problems, unchecked]: [string[], string[]] = [[], []];
  for (const table of tables) {
    try {
      problems.push(...ask(database, check, `"${table.replaceAll('"', '""')}"`));
    } catch (error) {
      if (!isForeign(error)) throw error;
      unchecked.push(`table "${table}" could not be checked: ${errorMessage(error)}`);
    }
  }
  return { problems, unchecked };
}
