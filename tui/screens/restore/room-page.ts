import type { Action } from '../../store/action.ts';
import { undoTexts } from '../../texts/english/undo-texts.ts';
import { texts } from '../../texts/texts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { paragraph } from '../page-lines.ts';
import { planOf } from './plan-sections.ts';

const words = undoTexts.room;

/** Other places for what needs room, and to go without what need not be. */
export function roomSections(model: Model, job: number): readonly Section[] {
  const cells = model.editorColumns - 2;
  const choose = (option: string): Action => ({
    command: 'restore.make-room',
    args: { job, option },
  });
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
    { kind: 'lines', lines: [emptyLine, line(` ${words.note}`, 'muted'), emptyLine] },
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
        ...(planOf(model, job)?.safety?.kind === 'left out'
          ? []
          : [
              { id: 'room.without', label: words.without, action: choose('without-safety-backup') },
            ]),
      ],
    },
  ];
}
