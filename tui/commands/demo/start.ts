import { demoTexts } from '../../texts/english/demo-texts.ts';
import { defineCommand } from '../define-command.ts';

/** The command line starts the demo before it runs this; elsewhere it only says how. */
export const demoCommand = defineCommand('demo', {
  cli: ['demo'],
  args: [
    { name: 'fresh', kind: 'flag' },
    { name: 'postgres', kind: 'flag' },
  ],
  danger: 'none',
  needs: 'nothing',
  examples: [
    'kedge demo',
    'kedge demo --fresh',
    'kedge demo --postgres',
    'KEDGE_DEMO_HOME=/tmp/try kedge demo',
  ],
  run: async () => ({ kind: 'data', data: {}, lines: [demoTexts.startInShell] }),
});
