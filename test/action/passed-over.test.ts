import { expect, test } from 'vitest';
import { asking, file } from './drama.ts';
import { opened, replanned, three } from './planned.ts';
import { annotationsIn } from './runner-log.ts';

const beside = { 'seatform.yaml': asking({ ada: 'View' }) };

test('a seatform.yaml that is not read is said of every plan and apply, and fails neither', async () => {
  const drama = await opened(three, { files: { ...beside, [file]: asking(three) } });
  const said = [expect.stringMatching(/warning.*W013/)];
  const pull = await drama.propose(asking({ ...three, ada: 'Dev' }));
  const planned = await replanned(drama, pull);
  expect([planned.code, annotationsIn(planned.log)]).toEqual([0, said]);
  drama.github.mergePull(pull);
  const applied = await drama.applied();
  expect([applied.code, applied.wrote, annotationsIn(applied.log)]).toEqual([0, ['ada'], said]);
  const validated = await drama.applied({ inputs: { command: 'validate' } });
  expect([validated.code, annotationsIn(validated.log)]).toEqual([0, said]);
});
