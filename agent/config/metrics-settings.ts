import * as z from 'zod';

/** Further ways out for metrics; `kedge metrics` and the method metrics.read need neither. */
export const MetricsSettings = z
  .object({
    port: z.int().min(1).max(65_535).optional().meta({
      title: 'Port',
      description: 'of 127.0.0.1, for GET /metrics; every user of this server can read it',
    }),
    textfile: z
      .string()
      .regex(/^\/.*[^/]\.prom$/, 'an absolute path that ends in .prom')
      .optional()
      .meta({
        title: 'Text file',
        description: 'in the folder that node_exporter reads: --collector.textfile.directory',
      }),
  })
  .strict()
  .meta({ title: 'Metrics' });
export type MetricsSettings = z.infer<typeof MetricsSettings>;
