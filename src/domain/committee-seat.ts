/** Who sits on a committee, in the words of its elections: an opaque reference, a post, and what is counted. */
import { z } from 'zod';
import { PersonRef } from './scalars.ts';
import { codes, count, part } from './vocabulary.ts';

export const CommitteePost = codes('CommitteePost', 'Post on a villagers’ or residents’ committee.', {
  CHAIR: 'Head of the committee (主任), its legal representative.',
  VICE_CHAIR: 'Deputy head (副主任).',
  MEMBER: 'Member (委员).',
});
export const OtherPost = codes('OtherPost', 'Post that somebody holds beside the one on the committee.', {
  PARTY_SECRETARY: 'Secretary of the party organisation (党组织书记).',
  PARTY_COMMITTEE_MEMBER: 'Member of the party organisation’s committee: the cross-appointment (交叉任职).',
  COLLECTIVE_HEAD: 'Head of the collective economic organisation (集体经济组织负责人).',
});
const otherPosts = () => z.array(OtherPost).max(3).describe('Posts held beside it.');

export const BallotResult = part('BallotResult', 'One candidate of a ballot.', {
  personRef: PersonRef.describe('The candidate.'),
  post: CommitteePost,
  votes: count().describe('Votes for the candidate.'),
  elected: z.boolean().describe('Whether the candidate was elected.'),
  woman: z.boolean().describe('Whether the candidate is a woman.'),
  isNonHukou: z.boolean().describe('Whether the candidate’s household is registered elsewhere (非户籍).'),
  otherPosts: otherPosts(),
});
export type BallotResult = z.output<typeof BallotResult>;

export const KinPair = part('KinPair', 'Two people who are spouses, parent and child, or siblings, as declared.', {
  first: PersonRef.describe('One of them.'),
  second: PersonRef.describe('The other one.'),
});
export type KinPair = z.output<typeof KinPair>;

export const Supervisor = part('Supervisor', 'A member of a supervision committee.', {
  personRef: PersonRef.describe('The member.'),
  woman: z.boolean().describe('Whether the member is a woman.'),
  financeKnowledge: z.boolean().describe('Whether the member knows finance and accounts.'),
  otherPosts: otherPosts(),
});
export type Supervisor = z.output<typeof Supervisor>;

/** A member in office. */
export type Seat = Omit<BallotResult, 'votes' | 'elected'>;

export const seatOf = ({ personRef, post, woman, isNonHukou, otherPosts: posts }: BallotResult): Seat => ({
  personRef,
  post,
  woman,
  isNonHukou,
  otherPosts: posts,
});
