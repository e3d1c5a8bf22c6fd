/** Languages of what the server itself says. */
import { registerEnumType } from 'type-graphql';

export const languages = { EN: 'EN', ZH: 'ZH' };
registerEnumType(languages, {
  name: 'Language',
  description: 'Language of a sentence made by the server.',
  valuesConfig: { EN: { description: 'English.' }, ZH: { description: 'Chinese (中文).' } },
});
