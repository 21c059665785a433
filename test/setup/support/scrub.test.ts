import { expect, test } from 'vitest';
import { createScrub } from '../../../agent/setup/support/scrub.ts';

test('a secret is taken out of a text however it is written there', () => {
  const secret = 'p"ss word/ü+1';
  const scrub = createScrub([secret]);
  for (const written of [
    secret,
    JSON.stringify(secret),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ])
    expect(scrub(`it failed with ${written} there`)).toMatch(
      /^it failed with "?\[hidden\]"? there$/,
    );
});

test('a secret that begins with another one goes whole', () => {
  expect(createScrub(['abcdefgh', 'abcdefghijkl'])('abcdefghijkl')).toBe('[hidden]');
});

test('a part of a command line that may be a secret goes by itself, and plain words stay', () => {
  const scrub = createScrub(['PASS=letmein exec server --key s3cretvalue --listen everywhere']);
  expect(scrub('server cannot listen: s3cretvalue, letmein')).toBe(
    'server cannot listen: [hidden], [hidden]',
  );
});

test('what looks like a secret goes, wherever it came from', () => {
  const scrub = createScrub([]);
  expect(scrub('postgres://shop:hunter2@db/shop')).toBe('postgres://[hidden]@db/shop');
  expect(scrub('GET https://x.example/a?key=hunter2 gave 503')).toBe(
    'GET https://x.example/a?[hidden] gave 503',
  );
  expect(scrub('password=hunter2, user=me')).toBe('password=[hidden], user=me');
  expect(scrub('Authorization: Bearer hunter2')).toBe('Authorization: Bearer [hidden]');
  expect(scrub('AGE-SECRET-KEY-1QQPZ')).toBe('[hidden]');
  expect(scrub('-----BEGIN RSA PRIVATE KEY-----\nabc\n')).toBe('[hidden]');
});

test.for<readonly [text: string, shown: string]>([
  ['AWS_SECRET_ACCESS_KEY=hunter2 is set', 'AWS_SECRET_ACCESS_KEY=[hidden] is set'],
  ['password: "my long horse", user', 'password: "[hidden]", user'],
  ["passwd='my long horse'", "passwd='[hidden]'"],
  ['Password=hunter;2&x', 'Password=[hidden]'],
  ['https://me:hun@ter2@dav.example/a', 'https://[hidden]@dav.example/a'],
  ['saw eyJhbGciOiJI.eyJzdWIi.c2ln there', 'saw [hidden] there'],
])('%j is written as %j', ([text, shown]) => {
  expect(createScrub([])(text)).toBe(shown);
});

test('a secret in JSON that a service said goes too, also where that is JSON again', () => {
  const said = JSON.stringify({ user: 'me', password: 'hunter2', client_secret: 'my horse', n: 1 });
  const text = JSON.stringify({ lastWords: said });
  const scrubbed: { lastWords: string } = JSON.parse(createScrub([])(text));
  expect(JSON.parse(scrubbed.lastWords)).toEqual({
    ...{ user: 'me', password: '[hidden]', client_secret: '[hidden]', n: 1 },
  });
});

test('JSON stays JSON', () => {
  const scrub = createScrub([]);
  const value = { password: { env: 'MAIL_PASSWORD' }, secret: ['a'], token: 'hunter2', n: 1 };
  expect(JSON.parse(scrub(JSON.stringify(value)))).toEqual({ ...value, token: '[hidden]' });
});
