import { serviceHistory } from '../../../protocol/methods/service.ts';
import { detectCapabilities } from '../../host/terminal-capabilities.ts';
import { reportTexts } from '../../texts/texts.ts';
import { asciiGlyphs, unicodeGlyphs } from '../../theme/theme.ts';
import { defineCommand } from '../define-command.ts';
import { textOf } from '../read-arguments.ts';
import { historyLines } from '../report/history-lines.ts';

export const serviceHistoryCommand = defineCommand('service.history', {
  cli: ['service', 'history'],
  args: [{ name: 'service', kind: 'service', positional: true }],
  danger: 'none',
  reads: true,
  examples: ['kedge service history', 'kedge service history host --json'],
  async run(context, args) {
    const service = textOf(args, 'service');
    const query = service === undefined ? {} : { service };
    const data = await context.call(serviceHistory, query, context.signal);
    const { unicode } = detectCapabilities(process.env);
    const glyphs = unicode ? unicodeGlyphs : asciiGlyphs;
    const lines =
      data.services.length === 0
        ? [reportTexts.none.services]
        : historyLines(data, glyphs, service !== undefined);
    return { kind: 'data', data, lines };
  },
});
