import { join } from 'node:path';

/** The variable that tells where they lie, for those who run tests and what they start. */
export const folderVariable = 'KEDGE_TEST_PROGRAMS';

/**
 * The file of a program that tests run as a process of its own: one of Kedge's by its name below `agent`, or one of
 * `build-programs.ts`. It is made of the sources at the start of the run, as what is released is.
 */
export function builtProgram(name: string): string {
  const folder = process.env[folderVariable];
  if (folder === undefined) throw new Error('the programs of tests are built by vitest only');
  return join(folder, 'agent', `${name}.js`);
}
