import { join } from 'node:path';
import { productOf } from '../../databases/mariadb/product.ts';
import { removeTree } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import type { Capture } from '../source.ts';
import { dumpDatabase } from './dump-database.ts';
import { dumpMembers } from './dump-members.ts';
import { openDatabase } from './open-database.ts';
import { openLogin } from './open-login.ts';
import { dumpDenials } from './privileges.ts';
import { asking } from './sessions.ts';
import { type MariadbSourceSettings, serverOf } from './settings.ts';
import { findTools } from './tools.ts';

/** A database, dumped into scratch while others write: its tables of one moment, its views and code beside them. */
export async function captureMariadb(
  source: string,
  settings: MariadbSourceSettings,
  work: Work,
): Promise<Capture> {
  const server = serverOf(settings);
  const folder = join(work.scratch, source);
  work.signal.throwIfAborted();
  const remove = async () => await removeTree(folder);
  try {
    using session = await openDatabase(source, server, work.signal);
    const [denial] = await asking(work.signal, dumpDenials(session, server, work.signal));
    if (denial !== undefined) throw denial;
    const tools = await findTools(source, session, work.signal);
    await using login = await openLogin(
      server,
      join(work.scratch, `${source}.login`),
      productOf(session),
    );
    const dumping = { source, server, database: server.name, tools, login, folder, work };
    const { notes, ...dumped } = await dumpDatabase(dumping, session);
    return {
      gaps: [],
      notes,
      members: (signal) => dumpMembers(source, folder, dumped, signal),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
