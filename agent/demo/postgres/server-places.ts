import { join } from 'node:path';

/**
 * Of the demo's server: its data in the clinic, its socket where the path stays short. `run` is Kedge's own user's: where
 * that is root the server is nobody's, as other programs are, and whoever reaches the socket may do all that it may.
 */
export const serverPlaces = (home: string, clinic: string) => ({
  data: join(clinic, 'database', 'server'),
  run: join(home, 'pg'),
  sockets: join(home, 'pg', 's'),
  socket: join(home, 'pg', 's', '.s.PGSQL.5432'),
});
export type ServerPlaces = ReturnType<typeof serverPlaces>;

/** The clinic's, and who backs it up. */
export const clinicDatabase = { name: 'clinic', owner: 'clinic', keeper: 'kedge' } as const;
