import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkReferences } from '../../agent/config/check-references.ts';
import { parseConfig } from '../../agent/config/parse-config.ts';

const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
const pages = execFileSync('git', listed, { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));

interface Link {
  readonly page: string;
  readonly to: string;
}
const links = pages.flatMap(linksOf);

function linksOf(page: string): readonly Link[] {
  const found = withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)\)/gu);
  return [...found].map(([, to = '']) => ({ page, to })).filter(({ to }) => !/^[a-z]+:/u.test(to));
}

/** What stands in code is no link and no heading. */
function withoutCode(text: string): string {
  const withoutBlocks = text.replaceAll(/^```.*?^```$/gmsu, '');
  return withoutBlocks.replaceAll(/`[^`\n]*`/gu, (code) => code.replaceAll(/[[\]()]/gu, ''));
}

/** As viewers make them of a heading: small letters, hyphens for blanks, no other signs. */
function anchorsOf(page: string): readonly string[] {
  const headings = withoutCode(readFileSync(page, 'utf8')).matchAll(/^#{1,6} (.+)$/gmu);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function targetOf({ page, to }: Link): { readonly path: string; readonly anchor?: string } {
  const [path = '', anchor] = to.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  return anchor === undefined ? { path: target } : { path: target, anchor };
}

function isBroken(link: Link): boolean {
  const { path, anchor } = targetOf(link);
  if (!existsSync(path)) return true;
  return anchor !== undefined && !anchorsOf(path).includes(anchor);
}

test('every relative link of a page leads to a file, and to a heading in it', () => {
  expect(links.length).toBeGreaterThan(80);
  expect(links.filter(isBroken)).toEqual([]);
});

test('every page is reached from the first one', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const link of links) if (link.page === page) reached.add(targetOf(link).path);
  }
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

test('no page names a file of the project that is not there', () => {
  const named = pages.flatMap((page) =>
    [
      ...readFileSync(page, 'utf8').matchAll(/`((?:agent|tui|protocol|test)\/[\w./-]*\.\w+)`/gu),
    ].map(([, path = '']) => ({ page, path })),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(({ path }) => !existsSync(path))).toEqual([]);
});

test('the packages that are named for the tests are those that CI installs', () => {
  const [, installed = ''] = /^packages=\((.+)\)$/mu.exec(readFileSync('.ci/run', 'utf8')) ?? [];
  const words = readFileSync('README.md', 'utf8').replaceAll(/\s+/gu, ' ');
  expect(words).toContain(`\`${installed}\``);
});

test.each(['README.md', 'agent/config/README.md'])(
  'the configuration in %s is a valid one',
  (page) => {
    const [, text = ''] = /^```jsonc\n(\{.*?)^```$/msu.exec(readFileSync(page, 'utf8')) ?? [];
    expect(parseConfig(text, [checkReferences])).toMatchObject({ kind: 'valid' });
  },
);
