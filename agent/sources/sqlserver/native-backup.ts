import type { SqlSession } from '../../databases/sql-session.ts';
import { identifier, literal } from '../../databases/sqlserver/quote.ts';

/** What BACKUP is told. */
export interface BackupKindOrder {
  readonly kind: 'full' | 'differential';
  /** It leaves no trace in the server: nobody's differentials are taken against it. */
  readonly copyOnly: boolean;
}

/** No COMPRESSION: pages that are packed have nothing in common with their old versions, and Express refuses it. */
export function backupSql(
  database: string,
  path: string,
  { kind, copyOnly }: BackupKindOrder,
  name: string,
): string {
  const how = [
    ...(kind === 'differential' ? ['DIFFERENTIAL'] : []),
    ...(copyOnly ? ['COPY_ONLY'] : []),
    'FORMAT, INIT, NO_COMPRESSION, CHECKSUM, STATS = 5',
    `NAME = ${literal(name)}`,
  ];
  return `BACKUP DATABASE ${identifier(database)} TO DISK = ${literal(path)} WITH ${how.join(', ')}`;
}

/** The server reads all of it, and holds its pages against their checksums. */
export function verifySql(path: string): string {
  return `RESTORE VERIFYONLY FROM DISK = ${literal(path)} WITH CHECKSUM, STATS = 5`;
}

export interface BackupHeader {
  readonly guid: string;
  readonly kind: 'full' | 'differential' | 'other';
  readonly copyOnly: boolean;
  /** Of a differential: the full that it needs. */
  readonly base?: string;
  readonly isDamaged: boolean;
  /** Major version of the server that wrote it. */
  readonly major: number;
}

/** Numbers of log records have 25 digits and come as floating ones: nothing is told from those. */
export async function readHeader(
  session: SqlSession,
  path: string,
  signal: AbortSignal,
): Promise<BackupHeader> {
  const [row] = await session.query(`RESTORE HEADERONLY FROM DISK = ${literal(path)}`, signal);
  if (row === undefined) throw new Error(`"${path}" holds no backup`);
  const base = row['DifferentialBaseGUID'];
  return {
    guid: row['BackupSetGUID'] ?? '',
    kind: kinds[row['BackupType'] ?? ''] ?? 'other',
    copyOnly: row['IsCopyOnly'] === '1',
    ...(base ? { base } : {}),
    isDamaged: row['IsDamaged'] === '1',
    major: Number(row['SoftwareVersionMajor'] ?? 0),
  };
}

/** Source: RESTORE HEADERONLY, column BackupType. */
const kinds: Readonly<Record<string, BackupHeader['kind']>> = { 1: 'full', 5: 'differential' };

export interface BackupFile {
  /** The same in all backups of a database. */
  readonly id: number;
  readonly name: string;
  /** D rows, L log, S file streams, F full text. */
  readonly type: string;
  readonly bytes: number;
}

export async function readFileList(
  session: SqlSession,
  path: string,
  signal: AbortSignal,
): Promise<readonly BackupFile[]> {
  const rows = await session.query(`RESTORE FILELISTONLY FROM DISK = ${literal(path)}`, signal);
  return rows.map((row) => ({
    id: Number(row['FileId'] ?? 0),
    name: row['LogicalName'] ?? '',
    type: row['Type'] ?? '',
    bytes: Number(row['Size'] ?? 0),
  }));
}
