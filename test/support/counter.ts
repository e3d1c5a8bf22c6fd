/** The smallest aggregate that the kernel's rules show on: it counts to ten at most. */
import { z } from 'zod';
import { corrections } from '../../src/domain/corrections.ts';
import { command, event } from '../../src/domain/vocabulary.ts';
import type { Aggregate } from '../../src/es/aggregate.ts';
import { CodedError } from '../../src/es/errors.ts';

const by = z.int().describe('Steps.');
const beside = z.string().optional().describe('Stream of another counter.');
const events = {
  ...corrections,
  Stepped: event('It went on.', { by, beside }, { zh: '前进', subjects: (data) => (data.beside ? [data.beside] : []) }),
  Rested: event('It rested.', {}, { zh: '休息' }),
};
const commands = {
  step: command('Go on.', { by, beside }, { zh: '前进' }),
  stepOften: command('Go on, one event a step.', { times: z.int().describe('Steps.') }, { zh: '多次前进' }),
  rest: command('Rest.', {}, { zh: '休息' }),
};

export const counter: Aggregate<typeof events, number, typeof commands> = {
  name: 'counter',
  events,
  commands,
  initial: 0,
  evolve: { EventVoided: (count) => count, Stepped: (count, data) => count + data.by, Rested: (count) => count },
  decide: {
    step: (data, count) => {
      if (count + data.by > 10) throw new CodedError('E_FIGURE_INVALID', 'It counts to ten.');
      return data.by === 0 ? [] : [{ type: 'Stepped', data }];
    },
    stepOften: ({ times }) => Array.from({ length: times }, () => ({ type: 'Stepped', data: { by: 1 } })),
    rest: () => [{ type: 'Rested', data: {} }],
  },
};
