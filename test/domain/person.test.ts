import { describe, expect, it } from 'vitest';
import { refusedAs } from '../support/acts.ts';
import { given, type Scene, today } from '../support/given.ts';

const personRef = `p_${'a'.repeat(24)}`;
const stream = `person-${personRef}`;
const contentDigest = 'a'.repeat(64);
const stored = (field: string, processingGround: string) => ({
  fields: [{ field, processingGround, retention: 'UNTIL_PURPOSE_MET' }],
  noticeShown: true,
  contentDigest,
});
const asked = { by: 'auditor-1', purpose: '核实离任补助', fields: ['NAME'] };
const approvals = { ground: 'PURPOSE_MET', approvals: [{ by: '增城区民政局', on: '2021-05-01' }] };

async function registered(): Promise<Scene> {
  const scene = await given();
  await scene.when(stream, 'registerPerson', {}, today);
  return scene;
}

describe('registerPerson', () => {
  it('gives a reference once', async () => {
    const scene = await registered();
    await expect(scene.when(stream, 'registerPerson', {}, today)).rejects.toEqual(refusedAs('person.TAKEN'));
  });

  it('refuses a village that is not there', async () => {
    const when = (await given()).when(stream, 'registerPerson', { village: 'v_nowhere' }, today);
    await expect(when).rejects.toEqual(refusedAs('person.VILLAGE_UNKNOWN'));
  });

  it('refuses a commandId that looks like personal data', async () => {
    const when = (await given()).when(stream, 'registerPerson', {}, today, { commandId: '13812345678' });
    await expect(when).rejects.toEqual(refusedAs('person.COMMAND_ID'));
  });
});

describe('storePersonalData', () => {
  it('says which fields are held and why, and nothing of what is in them', async () => {
    const [event] = await (await registered()).when(
      stream,
      'storePersonalData',
      stored('NAME', 'STATUTORY_DUTY'),
      today,
    );
    expect(event).toMatchObject({ type: 'PersonalDataStored', data: { fields: [{ field: 'NAME' }] } });
    expect(JSON.stringify(event)).not.toContain(contentDigest);
  });

  it('refuses a person who is not there, and sensitive data under a general consent', async () => {
    const absent = (await given()).when(stream, 'storePersonalData', stored('NAME', 'CONSENT'), today);
    await expect(absent).rejects.toEqual(refusedAs('person.UNKNOWN'));
    const health = (await registered()).when(stream, 'storePersonalData', stored('HEALTH', 'CONSENT'), today);
    await expect(health).rejects.toEqual(refusedAs('person.CONSENT'));
  });
});

describe('readPersonalData', () => {
  it('records who reads what and for which purpose', async () => {
    await expect((await registered()).when(stream, 'readPersonalData', asked, today)).resolves.toMatchObject([
      { type: 'PersonalDataAccessed', data: { by: 'auditor-1', purpose: '核实离任补助', fields: ['NAME'] } },
    ]);
  });

  it('refuses a reading without a purpose', async () => {
    const when = (await registered()).when(stream, 'readPersonalData', { ...asked, purpose: ' ' }, today);
    await expect(when).rejects.toEqual(refusedAs('person.PURPOSE'));
  });
});

describe('erasePerson', () => {
  it('is approved by another than who records it', async () => {
    const own = { ...approvals, approvals: [{ by: 'test', on: '2021-05-01' }] };
    await expect((await registered()).when(stream, 'erasePerson', own, today)).rejects.toEqual(
      refusedAs('person.APPROVAL'),
    );
  });

  it('happens once; afterwards nothing is stored or read', async () => {
    const scene = await registered();
    await expect(scene.when(stream, 'erasePerson', approvals, today)).resolves.toMatchObject([
      { type: 'PersonKeyDestroyed' },
    ]);
    await expect(scene.when(stream, 'erasePerson', approvals, today)).resolves.toEqual([]);
    await expect(scene.when(stream, 'readPersonalData', asked, today)).rejects.toEqual(refusedAs('person.ERASED'));
    await expect(scene.when(stream, 'storePersonalData', stored('NAME', 'STATUTORY_DUTY'), today)).rejects.toEqual(
      refusedAs('person.ERASED'),
    );
  });
});
