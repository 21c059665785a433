import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Config } from '../../../agent/config/config.ts';
import { redactConfig } from '../../../agent/setup/support/redact-config.ts';

/** In every text where somebody may put a secret. */
const marker = 'Zk7secret';

/**
 * Texts in which no secret belongs. A setting that is new, and may say anything, is hidden without being named here;
 * whoever has it shown says so here and in plain-settings.ts.
 */
const harmless = [
  /^application\.(name|version|contact)$/,
  /^sources\.\w+\.(exclude|quiesce\.services)\.\d+$/,
  /^stores\.\w+\.(label|id)$/,
  /^services\.\w+\.(dependsOn\.\d+|probes\.\d+\.host)$/,
  /^schedules\.\w+\.(zone|store|copyTo|full\.cron|differential\.(store|when\.cron))$/,
  /^alarms\.routes\.\w+\.(host|schedules\.\d+)$/,
  /^(viewers|operators)\.group$/,
];

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const secret = fc.stringMatching(/^[!-~]{0,8}$/).map((text) => `${marker}${text}`);

/** Any value that a schema describes, with the marker in every free text that may hold a secret. */
function valuesOf(schema: Schema, path: readonly string[]): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => valuesOf(one, path)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objectsOf(schema, path);
    case 'array': {
      const { items = {} } = schema;
      return fc
        .tuple(...[0, 1, 2].map((at) => valuesOf(items, [...path, String(at)])))
        .map((all) => [...all]);
    }
    case 'string':
      return textsOf(schema, path);
    case 'boolean':
      return fc.boolean();
    default:
      return fc.nat();
  }
}

function objectsOf(schema: Schema, path: readonly string[]): fc.Arbitrary<unknown> {
  const { properties = {}, additionalProperties } = schema;
  const known = Object.entries(properties).map(([key, inner]) => [
    key,
    valuesOf(inner, [...path, key]),
  ]);
  const free =
    typeof additionalProperties === 'object'
      ? ['one', 'two'].map((key) => [key, valuesOf(additionalProperties, [...path, key])])
      : [];
  const kinds: string[] = Object.keys(properties).filter(
    (key) => properties[key]?.const !== undefined,
  );
  return fc.record<Record<string, unknown>>(Object.fromEntries([...known, ...free]), {
    requiredKeys: kinds,
  });
}

function textsOf({ pattern, format }: Schema, path: readonly string[]): fc.Arbitrary<string> {
  if (format === 'uri' || pattern?.startsWith('^http'))
    return fc
      .tuple(secret, fc.constantFrom('path', 'query', 'login', 'fragment'))
      .map(([text, where]) => addressWith(encodeURIComponent(`${text}${text}`), where));
  if (pattern?.startsWith('^') && !pattern.startsWith('^\\/'))
    return fc.stringMatching(new RegExp(pattern));
  if (pattern?.startsWith('^')) return fc.constantFrom('/srv/app/file.prom', '/x.prom');
  if (harmless.some((one) => one.test(path.join('.')))) return fc.constant('plain');
  return secret;
}

function addressWith(text: string, where: string): string {
  if (where === 'path') return `http://127.0.0.1:80/hook/${text}`;
  if (where === 'query') return `http://127.0.0.1:80/hook?token=${text}`;
  return where === 'login' ? `http://me:${text}@127.0.0.1/` : `http://127.0.0.1/#${text}`;
}

const schema: Schema = JSON.parse(JSON.stringify(z.toJSONSchema(Config, { io: 'input' })));

test('no configuration, of whatever shape the schema allows, shows a text that may be a secret', () => {
  void fc.assert(
    fc.property(valuesOf(schema, []), (config) => {
      const { shown, hidden } = redactConfig(config);
      expect(JSON.stringify(shown)).not.toContain(marker);
      const planted = JSON.stringify(config).includes(marker);
      expect(hidden.some((text) => text.includes(marker))).toBe(planted);
    }),
    { numRuns: 300 },
  );
});

test('what helps is shown: names, paths, numbers, times, where secrets are found', () => {
  const config = {
    application: { id: 'shop', name: 'Shop' },
    sources: { database: { engine: 'sqlite', path: '/srv/shop.db' } },
    stores: { local: { kind: 'local', path: '/backups', trashDays: 7 } },
    services: {
      host: {
        manager: 'process',
        role: 'host',
        command: ['/usr/bin/node', 'server.js'],
        environment: { PORT: '8080' },
        probes: [{ kind: 'http', url: 'http://127.0.0.1:8080/health' }],
      },
    },
    alarms: {
      routes: {
        ops: { kind: 'webhook', url: 'https://chat.example/T0/B1', secret: { file: '/etc/hush' } },
      },
    },
  };
  expect(redactConfig(config).shown).toEqual({
    ...config,
    services: {
      host: {
        ...config.services.host,
        command: ['/usr/bin/node', '[hidden]'],
        environment: { PORT: '[hidden]' },
      },
    },
    alarms: {
      routes: {
        ops: {
          kind: 'webhook',
          url: 'https://chat.example/[hidden]/[hidden]',
          secret: { file: '/etc/hush' },
        },
      },
    },
  });
});

test('what the schema does not know is hidden, whatever it is', () => {
  const config = {
    application: { id: 'shop', name: 'Shop', pasword: marker, more: [marker, { deep: marker }] },
    sources: { database: { engine: 'unheard-of', path: `/${marker}` } },
    alarms: [marker, 4711_0815],
  };
  const text = JSON.stringify(redactConfig(config).shown);
  expect(text).not.toContain(marker);
  expect(text).not.toContain('47110815');
  expect(redactConfig(marker).shown).toBe('[hidden]');
});
