import { serviceList } from '../../../protocol/methods/service.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { serviceTable } from '../report/service-lines.ts';

export const serviceListCommand = defineCommand('service.list', {
  cli: ['service', 'list'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge service list', 'kedge service list --json'],
  async run(context) {
    const data = await context.call(serviceList, {}, context.signal);
    const lines =
      data.services.length === 0
        ? [reportTexts.none.services]
        : serviceTable(data.services, context.now());
    return { kind: 'data', data, lines };
  },
});
