import { expect, test } from 'vitest';
import { polkitOf } from '../../../agent/setup/install/polkit-version.ts';

test.for([
  ['pkaction version 0.105\n', { version: '0.105', hasRules: false }],
  ['pkaction version 0.106\n', { version: '0.106', hasRules: true }],
  ['pkcheck version 0.119\n', { version: '0.119', hasRules: true }],
  ['pkaction version 122\n', { version: '122', hasRules: true }],
  ['nothing that anybody knows', undefined],
] as const)('%s', ([said, polkit]) => {
  expect(polkitOf(said)).toEqual(polkit);
});
