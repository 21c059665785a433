import * as z from 'zod';
import type { Service } from '../../../protocol/domain/service.ts';
import { serviceList as serviceListing } from '../../../protocol/methods/service.ts';
import type { Action } from '../../store/action.ts';
import { formats } from '../../texts/formats.ts';
import { consentTexts, texts } from '../../texts/texts.ts';
import type { Bench, Screen, UiCommand } from '../bench.ts';
import { chosenIn, orderForAll } from '../chosen-rows.ts';
import { openPage } from '../navigate.ts';
import { followServiceLog } from './follow-service-log.ts';
import { logBindings, logCommands } from './log-commands.ts';
import { followQuestion, resetCommands } from './reset-commands.ts';
import { followGlance } from './service-glance.ts';
import { serviceList } from './service-list.ts';
import { serviceTree } from './service-tree.ts';
import { serviceSections } from './services-view.ts';

const words = texts.services;
const category = texts.workbench.views.services;
const ServiceArgs = z.object({ service: z.string() });
const inList = 'region == services.list';

export const servicesScreen: Screen = {
  id: 'services',
  title: category,
  sections: serviceSections,
  onOutcome(bench, command, outcome) {
    if (command !== 'service.reset' || outcome.kind !== 'job') return;
    const page = bench.model().ui.pages.services;
    const { job } = outcome;
    const planned = page?.kind === 'reset' && page.job === undefined ? page : undefined;
    openPage(bench, 'services', { ...planned, kind: 'reset', job }, 'reset.back');
  },
  commands: [
    ...resetCommands,
    ...logCommands,
    {
      id: 'services.select',
      title: words.commands.show,
      category,
      internal: true,
      run(bench, args) {
        const { service } = ServiceArgs.parse(args);
        const selected = rowsOf(bench).findIndex(({ id }) => id === service);
        bench.updateUi((ui) => ({
          ...ui,
          places: { ...ui.places, 'services.list': { selected, top: 0, key: service } },
        }));
        openPage(bench, 'services', undefined, 'services.list');
      },
    },
    onSelected('services.start', words.commands.start, ({ id }) => one('service.start', id)),
    onSelected(
      'services.stop',
      words.commands.stop,
      ({ id }) => one('service.stop', id),
      consentTexts.stopAll,
    ),
    onSelected(
      'services.restart',
      words.commands.restart,
      ({ id }) => one('service.restart', id),
      consentTexts.restartAll,
    ),
    onSelected('services.clients', words.commands.clients, ({ id }) => one('service.clients', id)),
    onSelected('services.show-log', words.commands.log, ({ id }) => one('services.log', id)),
    {
      ...onSelected('services.reset-one', words.commands.resetOne, ({ id }) => one('', id)),
      run(bench) {
        const services = chosenServices(bench).map(({ id }) => id);
        bench.run({ command: 'services.reset-plan', args: { services } });
      },
    },
  ],
  onSnapshot: followQuestion,
  onShow(bench) {
    // A fresh look: what they take is measured only while somebody is connected.
    bench.session.call(serviceListing, {}).catch(() => undefined);
  },
  live: {
    key({ pages, places }) {
      const page = pages.services;
      if (page?.kind === 'service-log') return `log ${page.service}`;
      return page === undefined ? `glance ${places['services.list']?.key ?? ''}` : undefined;
    },
    async run(bench, key, signal) {
      const service = key.slice(key.indexOf(' ') + 1);
      await (key.startsWith('log ') ? followServiceLog : followGlance)(bench, service, signal);
    },
  },
  bindings: [
    { key: 'c', command: 'services.clients', when: inList },
    { key: 'l', command: 'services.show-log', when: inList },
    { key: 'r', command: 'services.reset-one', when: inList, hint: words.hints.resetOne },
    { key: 't', command: 'services.restart', when: inList, hint: words.hints.restart },
    { key: 'x', command: 'services.stop', when: inList, hint: words.hints.stop },
    { key: 's', command: 'services.start', when: inList, hint: words.hints.start },
    { key: 'enter', command: 'open', when: inList, hint: words.hints.log },
    { key: 'R', command: 'services.reset-plan', when: 'page == none', hint: words.hints.resetAll },
    { key: 'esc', command: 'back', when: 'page != none', hint: words.hints.back },
    { key: 'tab', command: 'region.next', when: 'page != none', hint: words.hints.next },
    { key: 'enter', command: 'open', when: 'regionKind == button', hint: words.hints.press },
    ...logBindings,
  ],
};

/** In the order of the list. */
function rowsOf(bench: Bench): readonly Service[] {
  const services = bench.model().state.snapshot?.services ?? [];
  return serviceTree(services).map(({ service }) => service);
}

function chosenServices(bench: Bench): readonly Service[] {
  const model = bench.model();
  return chosenIn(model, serviceList(model, 'services.list')).map(({ service }) => service);
}

function namesAndDependents(
  bench: Bench,
  services: readonly Service[],
): readonly [names: string, dependents: string] {
  const names = services.map(({ id }) => id);
  const needing = rowsOf(bench).filter(
    ({ id, dependsOn }) =>
      !names.includes(id) && dependsOn.some((needed) => names.includes(needed)),
  );
  return [names.join(formats().comma), needing.map(({ id }) => id).join(formats().comma)];
}

function one(command: string, service: string): Action {
  return { command, args: { service } };
}

/** `ofSeveral`: what is asked of several, by their names and those of services that need them. */
function onSelected(
  id: string,
  title: string,
  action: (service: Service) => Action,
  ofSeveral?: (services: string, dependents: string) => readonly string[],
): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: ({ state }) =>
      state.snapshot === undefined || state.snapshot.services.length === 0
        ? words.noneShort
        : undefined,
    run(bench: Bench) {
      const says =
        ofSeveral &&
        ((services: readonly Service[]) => ofSeveral(...namesAndDependents(bench, services)));
      orderForAll(bench, chosenServices(bench), {
        title,
        action,
        nameOf: ({ id: of }) => of,
        says,
      });
    },
  };
}
