import { describe, expect, it } from 'vitest';
import { given } from '../support/given.ts';
import { ids, of, places, start, streams, xiawei } from '../support/hamlet-county.ts';

const stream = 'review-r_case00000';
const raised = {
  reason: 'SEVERAL_CANDIDATES',
  candidates: [{ village: ids.xiawei, name: xiawei.name, code: xiawei.code, on: start }],
  explanation: 'Two records fit equally well.',
};
const day = '2019-01-01';
const refused = (code: string) => expect.objectContaining({ code });

describe('raiseIdentityReview', () => {
  it('holds from the calendar’s first day, names its villages, and is raised once', async () => {
    const scene = await given();
    await expect(scene.when(stream, 'raiseIdentityReview', raised, day)).resolves.toEqual([
      { type: 'IdentityReviewRaised', effectiveOn: '1900-01-01', data: raised },
    ]);
    expect((await scene.log())[0]?.subjects).toEqual([stream, streams.xiawei]);
    await expect(scene.when(stream, 'raiseIdentityReview', raised, '2020-01-01')).resolves.toEqual([]);
  });
});

describe('dismissIdentityReview', () => {
  const dismissal = { reason: 'Two villages indeed.' };

  it('settles a case once', async () => {
    const scene = await given(of(stream, 'IdentityReviewRaised', '1900-01-01', raised));
    await expect(scene.when(stream, 'dismissIdentityReview', dismissal, day)).resolves.toEqual([
      { type: 'IdentityReviewDismissed', effectiveOn: day, data: dismissal },
    ]);
    await expect(scene.when(stream, 'dismissIdentityReview', dismissal, day)).resolves.toEqual([]);
  });

  it('refuses a case that was never raised', async () => {
    await expect((await given()).when(stream, 'dismissIdentityReview', dismissal, day)).rejects.toEqual(
      refused('E_NOT_FOUND'),
    );
  });

  it('refuses a case that a link settled, until the link is voided', async () => {
    const scene = await given(
      ...places,
      of(streams.xiawei, 'VillageListed', start, xiawei),
      of(streams.xiawei, 'VillageDelisted', '2017-10-31', {}),
      of(streams.other, 'VillageListed', '2018-10-31', { ...xiawei, code: '440118102299' }),
      of(stream, 'IdentityReviewRaised', '1900-01-01', raised),
    );
    await scene.when(streams.xiawei, 'linkVillages', { other: ids.other, review: 'r_case00000' }, day);
    await expect(scene.when(stream, 'dismissIdentityReview', dismissal, day)).rejects.toEqual(
      refused('E_ALREADY_EXISTS'),
    );
    await scene.whenVoided(`${streams.xiawei}.2`);
    await expect(scene.when(stream, 'dismissIdentityReview', dismissal, day)).resolves.toHaveLength(1);
  });
});
