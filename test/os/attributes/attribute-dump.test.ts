import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeDump, parseDump } from '../../../agent/os/attributes/attribute-dump.ts';

const withoutNul = (bytes: Uint8Array) => Buffer.from(bytes.filter((byte) => byte !== 0));
const name = fc.uint8Array({ minLength: 1, maxLength: 40 }).map(withoutNul);
const value = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
const entry = fc.record({
  path: name.map((bytes) => Buffer.concat([Buffer.from('/'), bytes])),
  attributes: fc.array(
    fc.record({
      name: name.map((bytes) => Buffer.concat([Buffer.from('user.'), bytes])),
      value,
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

test('a dump gives back all paths, names and values, whatever bytes they have', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
      const dump = Buffer.concat(entries.map(encodeDump));
      expect([...parseDump(dump)]).toEqual(entries);
    }),
  );
});

test('backslash, newline, CR and "=" are written as octal digits', () => {
  const attributes = [{ name: Buffer.from('user.a=b\\\n'), value: Buffer.from([0, 255]) }];
  const dump = encodeDump({ path: Buffer.from('/new\nline\r'), attributes });
  expect(dump.toString()).toBe('# file: /new\\012line\\015\nuser.a\\075b\\134\\012=0sAP8=\n\n');
});

test('a line of another encoding is refused', () => {
  const dump = Buffer.from('# file: /a\nuser.a="text"\n\n');
  expect(() => [...parseDump(dump)]).toThrow('a line of another form: user.a="text"');
});
