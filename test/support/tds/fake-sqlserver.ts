import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupStatements } from './backup-statements.ts';
import { catalogueStatements } from './catalogue-statements.ts';
import { copyStatements } from './copy-statements.ts';
import { databaseStatements } from './database-statements.ts';
import { FakeDatabase, isIn } from './fake-database.ts';
import { cannotOpen } from './refusals.ts';
import {
  type TdsAnswer,
  type TdsEngine,
  TdsError,
  type TdsOptions,
  TdsServer,
  type TdsSession,
} from './server.ts';

export interface FakeLogin {
  password: string;
  /** May do everything. */
  admin?: boolean;
  /** CREATE ANY DATABASE, ALTER ANY DATABASE. */
  creates?: boolean;
  ends?: boolean;
  sees?: boolean;
}

export interface Called {
  readonly server: FakeSqlserver;
  readonly session: TdsSession;
  readonly match: RegExpExecArray;
  readonly answer: TdsAnswer;
}

export interface Statement {
  readonly sql: RegExp;
  run(called: Called): void | Promise<void>;
}

const statements: readonly Statement[] = [
  ...catalogueStatements,
  ...databaseStatements,
  ...backupStatements,
  ...copyStatements,
];

/**
 * A SQL Server by its manual, as far as Kedge talks to one: it writes and reads backups, keeps numbers of log records,
 * who may get in, and refuses what comes in the wrong order with the numbers of the real one. It is not Microsoft's.
 */
export class FakeSqlserver implements TdsEngine, AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'kedge-tds-'));
  readonly exchange = join(this.folder, 'exchange');
  /** As the server calls it. */
  readonly exchangeThere = '/var/opt/mssql/exchange';
  readonly dataFolder = '/var/opt/mssql/data';
  readonly logins = new Map<string, FakeLogin>([['sa', { password: 'Secret-1', admin: true }]]);
  readonly databases: FakeDatabase[] = [];
  /** Users that every backup of an application's database holds. */
  readonly appUsers = new Map<string, 'owner' | 'reader'>([['app', 'reader']]);
  readonly sessions = new Set<TdsSession>();
  /** On the server's disk, of databases that were dropped while they were offline. */
  readonly leftFiles: string[] = [];
  /** All that was asked, in order. */
  readonly said: string[] = [];
  edition = 'Developer Edition (64-bit)';
  engineEdition = 3;
  version = '16.0.4135.4';
  /** Of a copy of tables: what came along is not all, so it is rolled back. */
  losesRows = false;
  /** Takes connections and says nothing more. */
  isSilent = false;
  /** Called before a statement is run; may throw, stop the server, or wait. */
  before: (sql: string, session: TdsSession) => void | Promise<void> = () => undefined;
  /** Called before each step of a backup or a restore is told. */
  during: (percent: number) => void | Promise<void> = () => undefined;
  /** The same after it, while its answer is on its way. */
  after: (sql: string, session: TdsSession) => void | Promise<void> = () => undefined;
  readonly #tds: TdsServer;
  #ids = 4;

  constructor(options: TdsOptions = {}) {
    mkdirSync(this.exchange);
    this.#tds = new TdsServer(this, options);
    for (const name of ['master', 'model']) this.create(name).owner = 'sa';
  }

  get port(): number {
    return this.#tds.port;
  }

  async start(): Promise<this> {
    await this.#tds.start();
    return this;
  }

  /** Dies in the middle of whatever it does; what is on its disk stays. */
  async stop(): Promise<void> {
    this.sessions.clear();
    await this.#tds.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  create(name: string): FakeDatabase {
    this.#ids += 1;
    const database = new FakeDatabase(this.#ids, name, this.dataFolder);
    this.databases.push(database);
    return database;
  }

  find(name: string): FakeDatabase | undefined {
    return this.databases.find((each) => each.name.toLowerCase() === name.toLowerCase());
  }

  /** The path here of one that the server was told. */
  path(there: string): string {
    const at = there.lastIndexOf('/');
    if (there.slice(0, at) !== this.exchangeThere) throw cannotOpen(there, 'Access is denied', 5);
    return join(this.exchange, there.slice(at + 1));
  }

  loginOf(session: TdsSession): FakeLogin {
    return this.logins.get(session.login.user) ?? { password: '' };
  }

  mayAlter(session: TdsSession): boolean {
    const { admin, creates } = this.loginOf(session);
    return admin === true || creates === true;
  }

  mayEnter(session: TdsSession, database: FakeDatabase): boolean {
    const isSystem = database.name === 'master';
    const { admin } = this.loginOf(session);
    return admin === true || isSystem || database.users.has(session.login.user);
  }

  owns(session: TdsSession, database: FakeDatabase): boolean {
    return (
      this.loginOf(session).admin === true || database.users.get(session.login.user) === 'owner'
    );
  }

  usersOf(database: FakeDatabase): readonly TdsSession[] {
    return [...this.sessions].filter((each) => isIn(each, database));
  }

  logIn(session: TdsSession): void {
    const { user, password } = session.login;
    if (this.logins.get(user)?.password !== password)
      throw new TdsError({ number: 18_456, text: `Login failed for user '${user}'.` });
    this.enter(session, session.database, 4060);
    this.sessions.add(session);
  }

  /** As login and USE do, with the number that each has for it. */
  enter(session: TdsSession, name: string, number: number): void {
    const database = this.find(name);
    const closed = `Cannot open database "${name}" requested by the login. The login failed.`;
    if (database === undefined || database.state !== 'ONLINE' || !this.mayEnter(session, database))
      throw new TdsError({ number, text: closed });
    const others = this.usersOf(database).filter((each) => each !== session);
    const isTaken = database.access === 'SINGLE_USER' && others.length > 0;
    const isShut =
      database.access === 'RESTRICTED_USER' &&
      !this.owns(session, database) &&
      !this.mayAlter(session);
    if (isTaken || isShut)
      throw new TdsError({
        number: number === 4060 ? 4060 : 924,
        text: `Database '${name}' is already open and can only have one user at a time.`,
      });
    session.database = database.name;
  }

  leave(session: TdsSession): void {
    this.sessions.delete(session);
  }

  async run(session: TdsSession, sql: string, answer: TdsAnswer): Promise<void> {
    const text = sql.trim();
    if (/^set [^;]*(?:; *set [^;]*)*$/i.test(text)) return;
    if (this.isSilent) await new Promise(() => undefined);
    this.said.push(text);
    await this.before(text, session);
    for (const { sql: pattern, run } of statements) {
      const match = pattern.exec(text);
      if (match === null) continue;
      await run({ server: this, session, match, answer });
      return await this.after(text, session);
    }
    throw new Error(`unknown statement: ${text}`);
  }
}
