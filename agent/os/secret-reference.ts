import * as z from 'zod';

/** Where a secret is found at use. The configuration, and with it every archive, holds only this. */
export const SecretReference = z.union([
  z.object({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }).strict(),
  /** Refused where other users can read it. */
  z.object({ file: z.string().startsWith('/') }).strict(),
  /** A systemd credential of Kedge's unit. */
  z.object({ credential: z.string().regex(/^[A-Za-z0-9._-]+$/) }).strict(),
]);
export type SecretReference = z.infer<typeof SecretReference>;
