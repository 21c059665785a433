import type { DatabaseClient, FoundClients } from '../database-server.ts';
import { SqlError, type SqlRow, type SqlSession } from '../sql-session.ts';
import { untilNone } from '../until-none.ts';
import { type Asker, allowed, ownAccount, userOf } from './accounts.ts';
import { isLike } from './grants.ts';
import { productOf } from './product.ts';
import { account, literal, partsOf } from './quote.ts';

export interface Looked extends Asker {
  readonly name: string;
  /** Of the application: they may work in its database without having chosen it. */
  readonly accounts: readonly string[];
}

export async function findSessions(
  session: SqlSession,
  looked: Looked,
  signal: AbortSignal,
): Promise<FoundClients> {
  const rows = await session.query(sessionsSql(looked), signal);
  const self = rows.find(({ own }) => own === '1');
  const meant = ({ own, inside, user, host }: SqlRow): boolean =>
    own === '0' &&
    (inside === '1' ||
      (looked.accounts.some((each) => mayBeOf(each, user ?? '', host ?? '')) &&
        !isSamePlace(user, host, self)));
  const own = await ownAccount(session, signal);
  const seesAll = await hasProcess(session, own, signal);
  return {
    clients: rows.filter(meant).map(clientOf),
    ...(seesAll ? {} : { unseen: `GRANT PROCESS ON *.* TO ${account(own)};` }),
  };
}

/** What a session runs is left out: it may hold data. */
function sessionsSql({ name, accounts }: Looked): string {
  const users = accounts.map((each) => literal(userOf(each)));
  const ofUsers = users.length === 0 ? '' : ` OR user IN (${users.join(', ')})`;
  return `SELECT id AS id, user AS user, host AS host, command AS command, time AS time, state AS state,
      id = CONNECTION_ID() AS own, db <=> ${literal(name)} AS inside
    FROM information_schema.processlist
    WHERE id = CONNECTION_ID() OR db = ${literal(name)}${ofUsers} ORDER BY id`;
}

/** By TCP there is a port behind it. */
const portPattern = /:\d+$/;
const addressPattern = /^[\d.%_]+$|[:/]/;

/** Whether a session can be of an account: a server may show the name of a host of which the account has the address. */
function mayBeOf(which: string, user: string, host: string): boolean {
  const of = partsOf(which);
  if (of.user !== user) return false;
  const name = host.replace(portPattern, '');
  if (isLike(name.toLowerCase(), of.host.toLowerCase())) return true;
  return addressPattern.test(of.host) && name !== host && !addressPattern.test(name);
}

type Text = SqlRow[string] | undefined;

/** Kedge itself, in another connection: who has its name and comes from where it does is of its own account. */
function isSamePlace(user: Text, host: Text, self: SqlRow | undefined): boolean {
  const place = (from: Text): string => (from ?? '').replace(portPattern, ':');
  return user === self?.['user'] && place(host) === place(self?.['host']);
}

function clientOf({ id, user, host, command, time, state }: SqlRow): DatabaseClient {
  const address = host?.replace(/:\d+$/, '');
  return {
    pid: Number(id),
    ...(user ? { user } : {}),
    ...(address ? { address: address === 'localhost' ? 'this machine' : address } : {}),
    ...(command ? { state: `${command} for ${time ?? 0} s` } : {}),
    ...(state && /\b(?:lock|wait)/i.test(state) ? { waitsFor: state } : {}),
  };
}

async function hasProcess(session: SqlSession, own: string, signal: AbortSignal): Promise<boolean> {
  const { user, host } = partsOf(own);
  const rows = await session.query(
    `SELECT 1 FROM information_schema.user_privileges
     WHERE grantee = ${literal(`'${user}'@'${host}'`)} AND privilege_type IN ('PROCESS', 'SUPER')`,
    signal,
  );
  return rows.length > 0;
}

const noSuchSession = '1094';

/** Ends all and looks until none is left; those that come back meanwhile too. */
export async function endSessions(
  session: SqlSession,
  looked: Looked,
  signal: AbortSignal,
): Promise<number> {
  const { user, name } = looked;
  const product = productOf(session);
  const left = async () => (await findSessions(session, looked, signal)).clients;
  const what = `end the connections of other users to "${name}"`;
  const denial = { user, what, right: killRight(session) };
  const end = async (): Promise<number> => {
    const clients = await left();
    for (const { pid } of clients) {
      await allowed(session, `KILL CONNECTION ${pid}`, denial, signal).catch((error: unknown) => {
        // It ended by itself in the same moment.
        if (!(error instanceof SqlError) || error.code !== noSuchSession) throw error;
      });
    }
    return clients.length;
  };
  return await untilNone({ product, database: name, end, left }, signal);
}

function killRight(session: SqlSession): string {
  const name = productOf(session) === 'MariaDB' ? 'CONNECTION ADMIN' : 'CONNECTION_ADMIN';
  return `${name} ON *.*`;
}
