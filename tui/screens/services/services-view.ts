import { texts } from '../../texts/texts.ts';
import { wordWhy } from '../../texts/word-why.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { paragraph } from '../page-lines.ts';
import { logPage } from './log-page.ts';
import { resetPage } from './reset-page.ts';
import { glanceSections } from './service-glance.ts';
import { serviceList } from './service-list.ts';

const words = texts.services;
const tallestList = 10;

export function serviceSections(model: Model): readonly Section[] {
  const page = model.ui.pages.services;
  if (page?.kind === 'reset') return resetPage(model, page);
  if (page?.kind === 'service-log') return logPage(model, page.service);
  const list = serviceList(model, 'services.list');
  return [
    { ...list, min: Math.min(tallestList, list.count + 1) },
    { kind: 'lines', lines: [emptyLine, ...whyLines(model)], drop: 2 },
    ...glanceSections(model),
    {
      kind: 'buttons',
      buttons: [
        { id: 'services.reset', label: words.resetAll, action: { command: 'services.reset-plan' } },
      ],
    },
  ];
}

/** The reason of what is ill in full; the table cuts it. */
function whyLines(model: Model): readonly Line[] {
  const cells = model.editorColumns - 4;
  const services = model.state.snapshot?.services ?? [];
  return services
    .filter(({ health }) => health !== 'healthy')
    .flatMap((service) => {
      const why = wordWhy(service, model.nowMs);
      const reason = why === service.health ? '' : why;
      const { health, serviceIs } = texts.states;
      const said = serviceIs(service.id, health[service.health], reason);
      return paragraph(said, cells, 'warning');
    })
    .map((one): Line => [span('  '), ...one]);
}
