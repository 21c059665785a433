import { expect, test } from 'vitest';
import type { JobOrder } from '../../agent/jobs/job-order.ts';
import { askPerson, type OpenQuestion, takeAnswer } from '../../agent/jobs/questions.ts';

const late = {
  service: 'database',
  seconds: 30,
  pid: 71,
  answers: ['wait', 'kill', 'abort'] as const,
  confirmKill: 'database',
};
const reset: JobOrder = { kind: 'reset', services: [] };

function asking(order: JobOrder = reset, isAttended = true) {
  const over = new AbortController();
  const at: { order: JobOrder; question?: OpenQuestion; over: AbortController } = { order, over };
  let changes = 0;
  const ask = askPerson(at, {
    now: () => 5,
    isAttended: () => isAttended,
    changed: () => changes++,
  });
  return { at, ask, over, changes: () => changes };
}

const never = new AbortController().signal;

test('a question stands with its job until it is answered', async () => {
  const { at, ask, changes } = asking();
  const answer = ask(late, never);
  const { shown } = at.question ?? {};
  expect(shown).toMatchObject({ ...late, askedAtMs: 5, untilMs: 300_005 });
  takeAnswer(17, at.question, { question: shown?.id ?? 0, answer: 'wait' });
  expect(await answer).toBe('wait');
  expect([at.question, changes()]).toEqual([undefined, 2]);
});

test('a kill of a database wants its name typed', async () => {
  const { at, ask } = asking();
  const answer = ask(late, never);
  const kill = { question: at.question?.shown.id ?? 0, answer: 'kill' as const };
  for (const typed of [undefined, 'Database', ''])
    expect(() => takeAnswer(17, at.question, { ...kill, typed })).toThrow('wants its name typed');
  takeAnswer(17, at.question, { ...kill, typed: 'database' });
  expect(await answer).toBe('kill');
});

test('an answer to another question, or that was not offered, is refused', async () => {
  const { at, ask } = asking();
  const withdraw = new AbortController();
  const answer = ask({ ...late, answers: ['wait', 'abort'] }, withdraw.signal);
  const question = at.question?.shown.id ?? 0;
  for (const given of [
    { question: question - 1, answer: 'wait' },
    { question, answer: 'kill' },
  ] as const)
    expect(() => takeAnswer(17, at.question, given)).toThrow('job 17 asks nothing like that now');
  withdraw.abort();
  expect(await answer).toBe('abort');
  expect(() => takeAnswer(17, at.question, { question, answer: 'wait' })).toThrow('asks nothing');
});

test('a job that was cancelled or is gone asks nothing any more, and takes back what it asked', async () => {
  const { at, ask, over } = asking();
  const answer = ask(late, never);
  over.abort();
  expect(await answer).toBe('abort');
  expect(await ask(late, never)).toBe('abort');
  expect(at.question).toBeUndefined();
});

test.each<readonly [string, JobOrder, boolean]>([
  ['nobody is there', reset, false],
  ['it was ordered by something that can not answer', { ...reset, attended: false }, true],
  ['it is no reset', { kind: 'recovery', journal: '' }, true],
])('nothing is asked where %s', async (_, order, isAttended) => {
  const { at, ask } = asking(order, isAttended);
  expect(await ask(late, never)).toBe('abort');
  expect(at.question).toBeUndefined();
});
