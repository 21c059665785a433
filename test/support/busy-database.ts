import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import * as z from 'zod';

const Counts = z.object({ commits: z.number(), failures: z.number(), slowestMs: z.number() });
export type Counts = z.infer<typeof Counts>;

/** Makes the database that `sqlite-writer.ts` writes to, some `megabytes` large. */
export function makeBusyDatabase(
  path: string,
  journalMode: 'wal' | 'delete',
  megabytes: number,
): void {
  const database = new Database(path);
  database.pragma(`journal_mode = ${journalMode}`);
  database.exec(`
    create table counter(n); create table "left"(v); create table "right"(v);
    create table log(id integer primary key, text); create table filler(id integer primary key, text);
    insert into counter values (0); insert into "left" values (0); insert into "right" values (0);
  `);
  const insert = database.prepare('insert into filler(text) values (hex(randomblob(500)))');
  database.transaction(() => {
    for (let row = 0; row < megabytes * 1000; row += 1) insert.run();
  })();
  database.close();
}

export interface Writer {
  counts(): Promise<Counts>;
  stop(): Promise<Counts>;
}

/** Starts the writing process and waits until it commits. */
export async function startWriter(path: string, rate: number): Promise<Writer> {
  const script = join(import.meta.dirname, 'sqlite-writer.ts');
  const child = fork(script, [path, String(rate)], { execArgv: [] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await answer(child);
  return {
    counts: async () => {
      child.send('count');
      return await answer(child);
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.send('stop');
      const counts = await answer(child);
      await ended;
      return counts;
    },
  };
}

async function answer(child: ChildProcess): Promise<Counts> {
  const [message]: unknown[] = await once(child, 'message');
  return Counts.parse(message);
}

/** The numbers that are one in every committed state, and what SQLite says of the file. */
export function readBusyDatabase(path: string): {
  readonly integrity: unknown;
  readonly states: readonly unknown[];
} {
  const database = new Database(path);
  try {
    const one = (sql: string): unknown => database.prepare(sql).pluck().get();
    return {
      integrity: one('pragma integrity_check'),
      states: [
        one('select n from counter'),
        one('select v from "left"'),
        one('select -v from "right"'),
        one('select count(*) from log'),
      ],
    };
  } finally {
    database.close();
  }
}
