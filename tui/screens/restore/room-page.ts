import type { Action } from '../../store/action.ts';
import { texts, undoTexts } from '../../texts/texts.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { paragraph } from '../page-lines.ts';
import { mayGoWithoutUndo } from './plan-choices.ts';
import { planOf } from './plan-sections.ts';

const words = undoTexts.room;

/** Other places for what needs room, and to go without what need not be. */
export function roomSections(model: Model, job: number): readonly Section[] {
  const cells = model.editorColumns - 2;
  const plan = planOf(model, job);
  const lastResort = plan !== undefined && mayGoWithoutUndo(plan);
  const choose = (option: string): Action => ({
    command: 'restore.make-room',
    args: { job, option },
  });
  const goWithout: readonly Button[] = [
    ...(plan?.safety?.kind === 'left out'
      ? []
      : [{ id: 'room.without', label: words.without, action: choose('without-safety-backup') }]),
    ...(lastResort
      ? [{ id: 'room.undoless', label: words.undoless, action: choose('without-undo') }]
      : []),
  ];
  return [
    {
      kind: 'lines',
      lines: [
        emptyLine,
        ...paragraph(words.intro, cells).map((one): Line => [span(' '), ...one]),
        emptyLine,
      ],
    },
    {
      kind: 'field',
      id: 'restore.room',
      label: words.folder,
      value: fieldState(model, 'restore.room'),
      placeholder: words.placeholder,
      submit: choose('staging'),
    },
    {
      kind: 'lines',
      lines: [
        emptyLine,
        ...[words.note, ...(lastResort ? [words.undolessNote] : [])].flatMap((note) =>
          paragraph(note, cells, 'muted').map((one): Line => [span(' '), ...one]),
        ),
        emptyLine,
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        {
          id: 'room.back',
          label: texts.restore.back,
          action: { command: 'restore.reopen', args: { job } },
        },
        { id: 'room.staging', label: words.staging, action: choose('staging') },
        { id: 'room.safety', label: words.safety, action: choose('safety-to') },
      ],
    },
    ...(goWithout.length === 0 ? [] : [{ kind: 'buttons', buttons: goWithout } as const]),
  ];
}
