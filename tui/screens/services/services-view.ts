import { wordFailure } from '../../../protocol/failures.ts';
import { texts } from '../../texts/texts.ts';
import { wordWhy } from '../../texts/word-why.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { paragraph } from '../page-lines.ts';
import { resetPage } from './reset-page.ts';
import { historyOf } from './service-history.ts';
import { serviceList } from './service-list.ts';

const words = texts.services;

export function serviceSections(model: Model): readonly Section[] {
  const page = model.ui.pages.services;
  if (page?.kind === 'reset') return resetPage(model, page);
  if (page?.kind === 'service-log') return logSections(model, page.service);
  return [
    serviceList(model, 'services.list'),
    { kind: 'lines', lines: [emptyLine, ...whyLines(model)], drop: 2 },
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
      return paragraph(`${service.id} is ${service.health}: ${why}`, cells, 'warning');
    })
    .map((one): Line => [span('  '), ...one]);
}

function logSections(model: Model, service: string): readonly Section[] {
  const log = model.ui.data.serviceLog;
  const lines = (): readonly Line[] => {
    if (log === undefined || log.kind === 'loading')
      return [line(texts.workbench.loading, 'muted')];
    if (log.kind === 'failed') return [line(wordFailure(log.failure).message, 'error')];
    return log.value.length === 0
      ? [line(words.noLog, 'muted')]
      : log.value.map((text) => line(text));
  };
  return [
    { kind: 'lines', lines: [line(` ${words.logOf(service)}`, 'heading')] },
    { kind: 'lines', lines: historyOf(model), drop: 1 },
    { kind: 'page', id: 'services.log', min: 4, follow: true, lines },
    {
      kind: 'buttons',
      buttons: [
        { id: 'log.back', label: words.reset.back, action: { command: 'back' } },
        {
          id: 'log.again',
          label: words.readAgain,
          action: { command: 'services.log', args: { service } },
        },
      ],
    },
  ];
}
