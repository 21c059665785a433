import { expect, test } from 'vitest';
import { mapConfigText } from '../../agent/restore/recover-machine/map-config.ts';
import { mapPath, mapPathsIn } from '../../agent/restore/recover-machine/path-map.ts';

const maps = [
  { from: '/srv/clinic', to: '/data/clinic' },
  { from: '/srv/clinic/uploads/', to: '/big/uploads' },
  { from: '/opt', to: '/' },
];

test.each([
  ['/srv/clinic', '/data/clinic'],
  ['/srv/clinic/app.db', '/data/clinic/app.db'],
  ['/srv/clinic/uploads/a', '/big/uploads/a'],
  ['/srv/clinic-old/a', '/srv/clinic-old/a'],
  ['/opt', '/'],
  ['/opt/a', '/a'],
  ['/etc/a', '/etc/a'],
])('"%s" becomes "%s": the longest beginning counts, whole names only', (from, to) => {
  expect(mapPath(from, maps)).toBe(to);
});

test.each([
  ['--config=/srv/clinic/a.ini', '--config=/data/clinic/a.ini'],
  ['/srv/clinic/bin:/usr/bin:/opt/x', '/data/clinic/bin:/usr/bin:/x'],
  ['see "/srv/clinic/a b"', 'see "/data/clinic/a b"'],
  ['http://127.0.0.1:80/srv/clinic', 'http://127.0.0.1:80/srv/clinic'],
  ['x/srv/clinic', 'x/srv/clinic'],
])('in words of a command line "%s" becomes "%s"', (from, to) => {
  expect(mapPathsIn(from, maps)).toBe(to);
});

test('all of a machine is mapped by "/", but no address', () => {
  const all = [{ from: '/', to: '/mnt/new' }];
  expect(mapPathsIn('--at=/srv/a', all)).toBe('--at=/mnt/new/srv/a');
  expect(mapPathsIn('http://127.0.0.1:80/', all)).toBe('http://127.0.0.1:80/');
});

test('paths of a configuration are mapped where they stand; comments and the rest stay', () => {
  const text = `{
  // from /srv/clinic
  "application": { "id": "a", "name": "/srv/clinic" },
  "sources": { "db": { "engine": "sqlite", "path": "/srv/clinic/a.db" } }, // db
  "stores": { "local": { "kind": "local", "path": "/mnt/usb" } },
  "services": { "host": { "command": ["/opt/run", "/srv/clinic/a.ini"], "folder": "/srv/clinic" } },
}`;
  const destinations = [{ id: 'local', folder: '/backups' }];
  expect(mapConfigText(text, { maps, destinations })).toBe(`{
  // from /srv/clinic
  "application": { "id": "a", "name": "/srv/clinic" },
  "sources": { "db": { "engine": "sqlite", "path": "/data/clinic/a.db" } }, // db
  "stores": { "local": { "kind": "local", "path": "/backups" } },
  "services": { "host": { "command": ["/run", "/data/clinic/a.ini"], "folder": "/data/clinic" } },
}`);
});
