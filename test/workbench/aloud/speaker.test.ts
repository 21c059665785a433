import { expect, test } from 'vitest';
import { createSpeaker } from '../../../tui/workbench/aloud/speaker.ts';

function recorded() {
  const written: string[] = [];
  const speaker = createSpeaker({ write: (text) => written.push(text) });
  return { ...speaker, take: () => written.splice(0).join('') };
}

const typed = (text: string, caret = text.length) => ({
  id: 'name',
  label: 'Field Name: ',
  field: { text, caret },
});

test('what is typed goes on on its line, and what is rubbed out goes back', () => {
  const { say, take } = recorded();
  say(['Screen Back up.'], typed(''));
  say([], typed('a'));
  say([], typed('ab'));
  say([], typed('a'));
  expect(take()).toBe('Screen Back up.\r\nField Name: ab\b \b');
});

test('news end the line that is being typed, and it is said again behind them', () => {
  const { say, take } = recorded();
  say([], typed('ab'));
  say(['Job 7: 40 percent'], typed('ab'));
  say([], typed('abc'));
  expect(take()).toBe('Field Name: ab\r\nJob 7: 40 percent\r\nField Name: abc');
});

test('a change in the middle says the whole text, and where the caret went is said in words', () => {
  const { say, take } = recorded();
  say([], typed('abd'));
  say([], typed('abd', 2));
  say([], typed('abcd', 3));
  expect(take()).toBe('Field Name: abd\r\nbefore "d"\r\nField Name: abd\r\nField Name: abcd');
});

test('nothing new is nothing written, and the end is a new line', () => {
  const { say, end, take } = recorded();
  say([], typed('a'));
  take();
  say([], typed('a'));
  expect(take()).toBe('');
  end();
  end();
  expect(take()).toBe('\r\n');
});
