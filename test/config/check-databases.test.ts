import { expect, test } from 'vitest';
import { checkReferences } from '../../agent/config/check-references.ts';
import { parseConfig } from '../../agent/config/parse-config.ts';

const server = { engine: 'postgres', user: 'kedge', name: 'shop' };

function faultsOf(service: object): readonly string[] {
  const text = JSON.stringify({
    application: { id: 'shop', name: 'Shop' },
    sources: {},
    stores: {},
    services: { db: { manager: 'systemd', unit: 'db.service', role: 'database', ...service } },
  });
  const parsed = parseConfig(text, [checkReferences]);
  return parsed.kind === 'valid' ? [] : parsed.problems.map(({ message }) => message);
}

test('a database server by its socket, or by its host with a password in a file, is taken', () => {
  expect(faultsOf({ database: server, probes: [{ kind: 'sql' }] })).toEqual([]);
  const password = { file: '/etc/kedge/db-password' };
  const remote = { ...server, engine: 'mariadb', host: 'db.shop', port: 3307, password };
  expect(faultsOf({ database: { ...remote, accounts: ['shop@%'] } })).toEqual([]);
});

test.each([
  [{ database: server, role: 'host' }, /only a service with the role "database"/],
  [{ database: { ...server, host: 'db', socket: '/run/db' } }, /name one of them/],
  [{ database: { ...server, tls: true } }, /mean something with "host" only/],
  [{ probes: [{ kind: 'sql' }] }, /needs the "database" of its service/],
  [{ database: { ...server, password: 'sesame' } }, /./],
])('what could not work is refused with its reason: %j', (service, words) => {
  expect(faultsOf(service)).toEqual([expect.stringMatching(words)]);
});
