import { expect, test } from 'vitest';
import { checkReferences } from '../../agent/config/check-references.ts';
import { parseConfig } from '../../agent/config/parse-config.ts';

function problemsOf(route: object): readonly string[] {
  const text = JSON.stringify({
    application: { id: 'clinic', name: 'Clinic' },
    sources: {},
    stores: {},
    alarms: { routes: { route } },
  });
  const parsed = parseConfig(text, [checkReferences]);
  return parsed.kind === 'valid' ? [] : parsed.problems.map(({ message }) => message);
}

const mail = { kind: 'mail', host: 'mail', from: 'a@b', to: ['c@d'] };
const password = { file: '/etc/kedge/password' };

test.each([
  [{ kind: 'command', command: ['/usr/local/bin/page', 'me'] }],
  [{ kind: 'webhook', url: 'https://example.org/x', secret: { env: 'HOOK' }, minimum: 'error' }],
  [{ kind: 'webhook', url: { credential: 'hook' } }],
  [{ ...mail, user: 'u', password, security: 'tls', summary: 'weekly' }],
  [{ kind: 'ping', url: 'https://hc.example.org/uuid' }],
])('%j is a route', (route) => {
  expect(problemsOf(route)).toEqual([]);
});

test.each([
  [{ kind: 'command', command: ['page'] }, 'it must begin with an absolute path'],
  [{ ...mail, user: 'u' }, 'user and password go together'],
  [
    { ...mail, user: 'u', password, security: 'none' },
    'with "none" the password would travel in the clear',
  ],
  [{ ...mail, user: 'u', password: 'in the clear' }, 'password: '],
  [{ kind: 'webhook', url: 'ftp://example.org' }, 'url: '],
  [{ kind: 'webhook', url: 'https://example.org', secret: 'in the clear' }, 'secret: '],
  [
    { kind: 'ping', url: 'https://example.org', schedules: ['lost'] },
    'there is no schedule "lost"',
  ],
  [{ kind: 'pigeon' }, 'kind: '],
])('%j is none: %s', (route, problem) => {
  expect(problemsOf(route).join('\n')).toContain(problem);
});
