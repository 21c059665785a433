import type { SqlSession } from '../sql-session.ts';
import { wordCopies, wordLag } from '../word-lag.ts';

/**
 * How far a standby is behind, or those of a primary: '' where there is none, or none that the role may see. What a
 * standby has taken over and not yet applied counts from the last change that it has applied; what its primary has not
 * sent is known there only.
 */
export async function lagOf(session: SqlSession, signal: AbortSignal): Promise<string> {
  const [row] = await session.query(lagSql, signal);
  if (row?.['standby'] !== 't')
    return wordCopies('standby', Number(row?.['copies']), Number(row?.['copies_behind']));
  const seconds = row['behind'] === null ? undefined : Number(row['behind']);
  return wordLag({ what: 'standby', of: 'primary', isFed: row['fed'] === 't', seconds });
}

/**
 * All by its full name: or somebody's function that fits better would be called with Kedge's rights (CVE-2018-1058). A
 * search_path that is set would stay with what a pooler gives to the application next.
 */
const lagSql = `SELECT pg_catalog.pg_is_in_recovery() AS standby, f.fed, c.copies, c.copies_behind,
    CASE WHEN f.fed AND pg_catalog.pg_last_wal_receive_lsn() OPERATOR(pg_catalog.=) pg_catalog.pg_last_wal_replay_lsn()
      THEN 0 ELSE pg_catalog.int4(pg_catalog.date_part('epoch',
        pg_catalog.now() OPERATOR(pg_catalog.-) pg_catalog.pg_last_xact_replay_timestamp()))
    END AS behind
  FROM (SELECT pg_catalog.count(pid) OPERATOR(pg_catalog.>) 0 AS fed FROM pg_catalog.pg_stat_wal_receiver) f,
    (SELECT pg_catalog.count(*) AS copies,
        COALESCE(pg_catalog.int4(pg_catalog.max(pg_catalog.date_part('epoch', replay_lag))), 0) AS copies_behind
      FROM pg_catalog.pg_stat_replication WHERE state OPERATOR(pg_catalog.=) 'streaming') c`;
