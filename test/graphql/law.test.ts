import { describe, expect, it } from 'vitest';
import { ledgerApi } from '../support/ledger-api.ts';

describe('rules', () => {
  it('are those in force on the day', async () => {
    const api = await ledgerApi();
    const asked = '{ rules(name: TERM_YEARS_VILLAGERS) { value from to source isIllustrative } }';
    const { old, now } = await api.ask(
      `{ old: at(effectiveOn: "2017-06-01") ${asked} now: at(effectiveOn: "2021-05-06") ${asked} }`,
    );
    expect(old.rules).toEqual([expect.objectContaining({ value: 3, to: '2018-12-29' })]);
    expect(now.rules).toEqual([expect.objectContaining({ value: 5, from: '2018-12-29', to: null })]);
  });

  it('say which of them are illustrative', async () => {
    const api = await ledgerApi();
    const { rules } = await api.ask('{ rules(name: DISCLOSURE_GRACE_DAYS) { isIllustrative source } }');
    expect(rules).toEqual([{ isIllustrative: true, source: expect.stringContaining('illustrative') }]);
  });
});

describe('authority', () => {
  it('says who may decide what', async () => {
    const api = await ledgerApi();
    const { authority } = await api.ask('{ authority { act levels source } }');
    expect(authority).toContainEqual(expect.objectContaining({ act: 'CHARTER_REVIEW', levels: ['TOWNSHIP'] }));
  });
});
