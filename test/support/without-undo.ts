import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { type RestoreFixture, rowsOf } from './restore-fixture.ts';

export const withoutUndo = { choices: { withoutUndo: true } } as const;

/** Without what the source leaves out, which stays as it is. */
export function backedUp(app: RestoreFixture): unknown {
  const { uploads, ...rest } = app.live() as { readonly uploads: readonly string[] };
  const stock = rowsOf(stockOf(app));
  return { ...rest, stock, uploads: uploads.filter((line) => !line.startsWith('cache')) };
}

export const stockOf = (app: RestoreFixture): string => join(app.app, 'data', 'stock.db');

/** A fixture with two databases, a backup, what came after it, and the plan that keeps nothing of that. */
export async function changed(app: RestoreFixture): Promise<{ plan: RestorePlan; then: unknown }> {
  const stock = new Database(stockOf(app));
  stock.exec('create table item (id); insert into item values (1)');
  const { sources } = app.config;
  const path = stockOf(app);
  app.config = { ...app.config, sources: { ...sources, stock: { engine: 'sqlite', path } } };
  const then = backedUp(app);
  const backup = await app.backup();
  app.changeAll();
  stock.exec('insert into item values (2)');
  stock.close();
  return { plan: { ...(await app.plan(backup)), ...withoutUndo }, then };
}
