/** What every command and every event carries beside its own fields. */
import { z } from 'zod';
import { AuthorityLevel } from '../../domain/authority.ts';
import { LocalDate, Sha256 } from '../../domain/scalars.ts';
import { part, scalar, text } from '../../domain/vocabulary.ts';

/** A global id; the vocabulary's own name for GraphQL's `ID`. */
const id = (max: number) => scalar('ID', 'An id.', z.string().min(1).max(max));

export const Authority = part('Authority', 'The body that had the legal power to decide.', {
  level: AuthorityLevel.describe('Level of the body.'),
  division: text(12)
    .optional()
    .describe('Code of the division whose organ decided; none for the centre and the village.'),
  village: text(60).optional().describe('Id of the village that decided, where the village itself did.'),
  organ: text(120).describe('The organ, such as 县级人民政府 or 村民会议.'),
});

export const LegalBasis = part('LegalBasis', 'A document or law on which an act rests.', {
  documentNumber: text(120).optional().describe('Number of the document, such as 民政部令第79号.'),
  title: text(200).optional().describe('Title of the document.'),
  issuer: text(120).optional().describe('Who issued it.'),
  article: text(60).optional().describe('Article or paragraph.'),
  unknownBecause: text(200).optional().describe('Why no document is known: stands in place of one.'),
  retroactive: z
    .boolean()
    .optional()
    .describe('True where the document says that it also holds for days before its own.'),
});

export const Evidence = part('Evidence', 'A file that shows what is stated; it lies outside the log.', {
  sha256: Sha256.describe('SHA-256 of the file’s bytes.'),
  mediaType: text(100).describe('Media type, such as application/pdf.'),
  title: text(200).describe('What the file is. No personal data.'),
});

/** Header of a void: it holds for the day of the event that it takes back. */
export const voidHeader = {
  commandId: scalar(
    'ID',
    'An id.',
    z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'is not 1 to 100 of A-Z, a-z, 0-9, _ and -'),
  ).describe(
    'Made by the client, 1 to 100 of A-Z, a-z, 0-9, _ and -: the same id and input again get the same answer and write no event. Another input under it is E_DUPLICATE_COMMAND.',
  ),
  expectedRevision: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe(
      'Last revision of the stream that the writer has seen; another one is E_STALE_REVISION. Left out: not checked.',
    ),
  basis: z
    .array(LegalBasis)
    .max(20)
    .optional()
    .describe(
      'Documents and laws on which the act rests. Acts of the systems need one, or in `unknownBecause` why none is known: E_BASIS_MISSING.',
    ),
  evidence: z.array(Evidence).max(20).optional().describe('Files that show it, by their SHA-256.'),
  decidedBy: Authority.optional().describe(
    'The body that decided: E_NOT_AUTHORIZED where it may not. What a village alone decides needs none.',
  ),
  note: text(1_000).optional().describe('A remark for readers. No personal data.'),
};

/** Header of every other command. */
export const commandHeader = {
  ...voidHeader,
  effectiveOn: LocalDate.describe('Day from which it holds in the world.'),
  corrects: id(120)
    .optional()
    .describe(
      'Id of an event of the same thing and type that the new event replaces: it no longer holds then. E_CORRECTION_TARGET where there is none.',
    ),
};

/** The thing that a command acts on, as an input field of the given name. */
export const actedOn = (what: string) => id(60).describe(what);
