/** Taking an event back. Any stream may hold an `EventVoided`; the kernel decides it (es/decide.ts). A correction with a
 *  replacement is no event of its own: the command is sent again with `corrects`, and its event replaces the other. */
import { z } from 'zod';
import { VOID_EVENT } from '../es/fold.ts';
import { event, text } from './vocabulary.ts';

export const corrections = {
  [VOID_EVENT]: event(
    'An event was taken back: from now on nothing rests on it. Voiding a void reinstates.',
    {
      eventId: z.string().max(120).describe('Id of the event that no longer holds.'),
      reason: text(500).describe('Why it is taken back.'),
    },
    { zh: '事件撤回' },
  ),
};
