/** What a standard of disclosure is made of. */
import { z } from 'zod';
import { part, scalar, text } from './vocabulary.ts';

export const DisclosureStandardId = scalar(
  'DisclosureStandardId',
  'Id of a standard of disclosure: opaque.',
  z.string().regex(/^[a-z]{1,3}_[A-Za-z0-9]{8,40}$/, 'is not an id'),
);
export const DimensionCode = scalar(
  'DimensionCode',
  'Code of a dimension within its standard, capital letters, digits and underscores.',
  z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'is not a code in capital letters'),
);
export const Dimension = part('DisclosureDimension', 'One dimension of a standard of disclosure.', {
  code: DimensionCode,
  name: text(60).describe('Its name, as in the document.'),
  criteria: text(500).optional().describe('What has to be so for it to be met.'),
});
