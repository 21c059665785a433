import * as z from 'zod';

/** Where a secret is found at use. The configuration, and with it every archive, holds only this. */
export const SecretReference = z.union([
  z
    .object({
      env: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
        .meta({
          title: 'Variable',
          description: 'Its name in the environment of Kedge',
        }),
    })
    .strict()
    .meta({ title: 'Environment variable' }),
  /** Refused where other users can read it. */
  z
    .object({
      file: z.string().startsWith('/').meta({
        title: 'File',
        description: 'That holds it; refused where other users can read it',
      }),
    })
    .strict()
    .meta({ title: 'File' }),
  /** A systemd credential of Kedge's unit. */
  z
    .object({
      credential: z
        .string()
        .regex(/^[A-Za-z0-9._-]+$/)
        .meta({ title: 'Credential', description: "Its name in Kedge's unit of systemd" }),
    })
    .strict()
    .meta({ title: 'Credential of systemd' }),
]);
export type SecretReference = z.infer<typeof SecretReference>;
