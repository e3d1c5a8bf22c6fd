/** What every field of the schema's roots asks of who sends it: the table that the matrix of access is held to. What is not named
 *  here is not let in by the tests. */

/** What a mutation asks. `record` and `approve`: the right over the place of what it acts on. `twoPersons`: refused to
 *  everybody, since another mutation proposes it. `personRecord`, `personRead`: the right over the person's place, outside of which
 *  the person is as if missing. `administerAny`: the right anywhere; it reaches as far as the key does. `administerAll`: over everything. */
export type MutationNeed =
  | 'record'
  | 'approve'
  | 'twoPersons'
  | 'personRecord'
  | 'personRead'
  | 'administerAny'
  | 'administerAll';

const names = (need: MutationNeed, all: string): Record<string, MutationNeed> =>
  Object.fromEntries(
    all
      .trim()
      .split(/\s+/)
      .map((name) => [name, need]),
  );

export const mutationNeeds: Readonly<Record<string, MutationNeed>> = {
  ...names(
    'record',
    `registerPerson listVillage establishVillage renameVillage changeVillageCode changeVillageKind transferVillage delistVillage
     abolishVillage mergeVillages splitVillage adjustVillageBoundary classifyVillage proposeLinkVillages proposeUnlinkVillage
     listDivision renameDivision changeDivisionCode transferDivision delistDivision dismissIdentityReview recordFigure
     replaceFigure openCharterRevision collectCharterOpinions draftCharter submitCharterForReview passCharterReview
     returnCharterReview adoptCharter fileCharter publishCharter orderCharterCorrection correctCharter reviewCharterEnforcement
     approveCommitteeSeats formElectionCommission publishVoterList decideVoterObjections recordElection startTerm extendTerm
     advanceElection completeHandover acceptResignation terminateOffice petitionRecall recordRecallVote recordByElection
     designateNonHukouPilot recordAppraisal publishAudit formSupervisionCommittee replaceSupervisionMember deployElectionRound
     collectRetiredRecord verifyRetiredService postRetiredNotice proposeApproveRetirementAllowance
     proposeRefuseRetirementAllowance proposeSuspendRetirementAllowance proposeResumeRetirementAllowance
     proposeCeaseRetirementAllowance proposeRecomputeRetirementAllowance publishCertificateList amendCertificateList
     requestCertificate issueCertificate refuseCertificate revokeCertificate openDeliberationPlatform closeDeliberationPlatform
     designateDemonstrationSite revokeDemonstrationSite reportDeliberationTally raiseMatter conveneDeliberation
     recordDeliberation decideMatter publishResolution reportImplementation reportBlockedResolution referMatterUp
     publishDisclosure raiseDisclosureObjection answerDisclosureObjection orderDisclosure assessDisclosure
     proposeDefineDisclosureStandard issuePolicyDocument publishLocalStandard repealPolicyDocument expirePolicyDocument
     conferHonour revokeHonour openServicePoint closeServicePoint recordServiceInvestment reportWorkforce reportServiceTally
     issueCreditCodeCertificate changeCreditCodeCertificate cancelCreditCodeCertificate defineRegionTier changeRegionTier
     endRegionTier proposeAdoptStandard proposeSupersedeStandard proposeCorrectStandard appropriateFund allocateFund
     transferVillageFund reviewOfficeFundUse postAllowanceRun postArrears reverseAllowance closeMonth reopenMonth
     proposeVoidEvent`,
  ),
  ...names(
    'twoPersons',
    `linkVillages unlinkVillage approveRetirementAllowance refuseRetirementAllowance suspendRetirementAllowance
     resumeRetirementAllowance ceaseRetirementAllowance recomputeRetirementAllowance defineDisclosureStandard adoptStandard
     supersedeStandard correctStandard voidEvent`,
  ),
  ...names('approve', 'approve reject'),
  ...names('personRecord', 'storePersonalData erasePerson'),
  ...names('personRead', 'readPersonalData'),
  ...names('administerAny', 'createApiKey revokeApiKey'),
  ...names('administerAll', 'registerWebhook removeWebhook pauseWebhook resumeWebhook rotateWebhookSecret'),
};

/** What a query asks. `public`: nothing, and it shows nothing that is not public. `partly`: nothing, and what is not public in it is
 *  left out. The others: a right, as of mutations. */
export type QueryNeed = 'public' | 'partly' | 'seeAccessLog' | 'administerAny' | 'administerAll';

export const queryNeeds: Readonly<Record<string, QueryNeed>> = {
  accessLog: 'seeAccessLog',
  apiKeys: 'administerAny',
  webhooks: 'administerAll',
  ...Object.fromEntries(
    [
      'events',
      'event',
      'node',
      'nodes',
      'at',
      'changes',
      'village',
      'villages',
      'division',
      'divisions',
      'person',
      'proposals',
    ]
      // Below these lie histories, events, records of people and proposals.
      .concat(['document', 'policies'])
      .map((name) => [name, 'partly'] as const),
  ),
  ...Object.fromEntries(
    `log asOf headlineFigures identityReview editions standardsInForce regionTiers termBoard electionRounds appraisalBoard
     arrearsDue certificateRule certificateLists disclosureBoard disclosureStandards fundingFlow honours rules authority matter
     payRunLedger retiredRoster`
      .split(/\s+/)
      .map((name) => [name, 'public'] as const),
  ),
};

/** Of subscriptions: as of queries. */
export const subscriptionNeeds: Readonly<Record<string, QueryNeed>> = { events: 'partly', tally: 'public' };
