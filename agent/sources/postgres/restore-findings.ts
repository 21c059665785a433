import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { identifier, literal } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { RestoreFindings } from '../restore-kind.ts';
import { isBefore16, toBecome } from './become-role.ts';
import type { DumpFacts } from './dump-facts.ts';
import { preparedIn } from './exchange-databases.ts';
import { propertyDenials } from './property-rights.ts';
import { isBefore15, propertiesOf } from './read-facts.ts';
import { foreignOwners, fully, missingRoles, strangersInSchemas } from './role-findings.ts';
import { asking, openMaintenance } from './sessions.ts';
import { isStandby } from './standby.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { findTools, majorOf, readerMajor } from './tools.ts';

interface Asked {
  readonly source: string;
  readonly server: PostgresSettings;
  readonly facts: DumpFacts;
}

/** What stands against bringing a dump back into this server, looked at without changing anything. */
export async function restoreFindings(asked: Asked, signal: AbortSignal): Promise<RestoreFindings> {
  const obstacles = await lookedAt(
    asked,
    signal,
    async (session) => await look(asked, session, signal),
  );
  return { warnings: [], obstacles };
}

async function lookedAt(
  { source, server, facts }: Asked,
  signal: AbortSignal,
  look: (session: SqlSession) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    using session = await openMaintenance(server, signal);
    await findTools(source, readerMajor(session, facts), signal);
    return await asking(signal, look(session));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return [wordFailure(failureOf(error)).message];
  }
}

/** What its role lacks to exchange what is live, whatever comes in its place. */
export async function restoreRights(
  server: PostgresSettings,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    using session = await openMaintenance(server, signal);
    const live = await asking(signal, propertiesOf(session, server.name, signal));
    if (live === undefined) return [];
    return await asking(signal, missingRights(server, live.owner, session, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return [wordFailure(failureOf(error)).message];
  }
}

async function look(
  asked: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return [
    ...(await standby(session, signal)),
    ...(await olderServer(asked, session)),
    ...(await missingRoles(asked, session, signal)),
    ...(await missingRights(asked.server, asked.facts.properties.owner, session, signal)),
    ...(await foreignOwners(asked, session, signal)),
    ...(await strangersInSchemas(asked, session, signal)),
    ...(await propertyDenials(ownOf(asked), session, signal)),
    ...(await ownPublic(asked, session, signal)),
    ...(await missingExtensions(asked, session, signal)),
    ...(await preparedIn(session, asked.server.name, signal)),
    ...(await slots(asked, session, signal)),
    ...(await subscriptions(asked, session, signal)),
    ...(await shutOut(asked, session, signal)),
  ];
}

/** What stands against making a database of a dump in this server, beside what is live. */
export async function trialObstacles(
  asked: Asked,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return await lookedAt(asked, signal, async (session) => [
    ...(await standby(session, signal)),
    ...(await olderServer(asked, session)),
    ...(await missingRoles(asked, session, signal)),
    ...(await missingRights(asked.server, asked.facts.properties.owner, session, signal)),
    ...(await foreignOwners(asked, session, signal)),
    ...(await strangersInSchemas(asked, session, signal)),
    ...(await ownPublic(asked, session, signal)),
    ...(await missingExtensions(asked, session, signal)),
  ]);
}

const ownOf = ({ server: { user }, facts: { properties } }: Asked) => ({ user, properties });

async function standby(session: SqlSession, signal: AbortSignal): Promise<readonly string[]> {
  return (await isStandby(session, signal))
    ? ['this server is a standby, which takes no changes: restore on its primary']
    : [];
}

async function olderServer({ facts }: Asked, { version }: SqlSession): Promise<readonly string[]> {
  const [then, now] = [majorOf(facts.server), majorOf(version)];
  if (now >= then) return [];
  return [
    `it was taken from PostgreSQL ${then}, and this server is ${now}: an older one can't take it`,
  ];
}

/** Each by itself, so that all that is missing is named at once. */
async function missingRights(
  { user, name }: PostgresSettings,
  owner: string,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [row] = await session.query(
    `SELECT rolsuper AS super, rolcreatedb AS creates, rolinherit AS inherits, pg_has_role(current_user, 'pg_signal_backend', 'USAGE') AS ends,
      coalesce((SELECT bool_and(pg_has_role(current_user, r.oid, 'USAGE')
          AND pg_has_role(current_user, r.oid, '${toBecome(session)}')) FROM pg_roles r
        WHERE r.rolname = ${literal(owner)}
          OR r.oid = (SELECT datdba FROM pg_database WHERE datname = ${literal(name)})), true) AS owns
     FROM pg_roles WHERE rolname = current_user`,
    signal,
  );
  const may = (right: string): boolean => row?.['super'] === 't' || row?.[right] === 't';
  const role = identifier(user);
  return [
    ...(may('creates')
      ? []
      : [`"${user}" may not create databases (ALTER ROLE ${role} CREATEDB;)`]),
    ...(may('owns')
      ? []
      : [
          `"${user}" is no member of the role that owns it (GRANT ${identifier(owner)} TO ${role}${fully(session)};)`,
        ]),
    ...(may('inherits') || !isBefore16(session)
      ? []
      : [`"${user}" may not at once what its roles may (ALTER ROLE ${role} INHERIT;)`]),
    ...(may('ends')
      ? []
      : [
          `"${user}" may not end the connections of others (GRANT pg_signal_backend TO ${role}${fully(session)};)`,
        ]),
  ];
}

/** A server gives others' rights in it to nobody, and says no more than a warning. */
async function ownPublic(
  { facts, server: { user } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (facts.ownPublic !== true || !isBefore15(session)) return [];
  const sql = 'SELECT FROM pg_roles WHERE rolname = current_user AND rolsuper';
  if ((await session.query(sql, signal)).length > 0) return [];
  return [
    `the schema "public" has another owner or other rights in the backup than in a new database: before PostgreSQL 15 only a superuser can give it these, and "${user}" is none`,
  ];
}

async function missingExtensions(
  { facts, server: { user } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT a.name, bool_or(v.trusted OR NOT v.superuser) AS trusted,
      (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super
     FROM pg_available_extensions a JOIN pg_available_extension_versions v USING (name) GROUP BY 1`,
    signal,
  );
  const known = new Map(rows.map((row) => [row['name'], row]));
  return facts.extensions.flatMap(({ name }) => {
    const found = known.get(name);
    if (name === 'plpgsql') return [];
    if (found === undefined) return [`the extension "${name}" is not installed on this server`];
    if (found['trusted'] === 't' || found['super'] === 't') return [];
    return [`only a superuser can create the extension "${name}", and "${user}" is none`];
  });
}

/** It would go on reading from the old database under its new name. */
async function slots(
  { server: { name } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT slot_name FROM pg_replication_slots WHERE database = ${literal(name)} ORDER BY 1`,
    signal,
  );
  return rows.map(
    ({ slot_name: slot }) =>
      `the logical replication slot "${slot}" is bound to what is live now and would not follow: drop it first, and make it anew afterwards`,
  );
}

/** They stay with the old database, which could never be dropped. */
async function subscriptions(
  { server: { name } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = await subscriptionsOf(session, name, signal);
  return names.map(
    (each) =>
      `the subscription "${each}" belongs to what is live now and would not follow: drop it first, and make it anew afterwards`,
  );
}

async function shutOut(
  { server: { name } }: Asked,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT FROM pg_database WHERE datname = ${literal(name)} AND NOT datallowconn`,
    signal,
  );
  return rows.length === 0 ? [] : [`the clients of "${name}" are shut out: let them in first`];
}
