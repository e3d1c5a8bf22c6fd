/** Sentences on proposals. What is proposed is told by its command's name: the act itself has a sentence of its own once it holds. */
import { commandCatalogue, type EventCatalogue } from '../domain/index.ts';
import { VOID_COMMAND } from '../es/command.ts';
import type { Templates } from './summary-templates.ts';

type ProposalTypes = 'ActProposed' | Extract<keyof EventCatalogue, `Proposal${string}`>;

export const proposalSummaries: Templates<Pick<EventCatalogue, ProposalTypes>> = {
  ActProposed: {
    EN: ({ command, target, expiresOn }) => `${command} was proposed for ${target}, to be approved by ${expiresOn}.`,
    ZH: ({ command, target, expiresOn }) => `提请对${target}${labelOf(command, 'ZH')}，须于${expiresOn}前复核。`,
  },
  ProposalApproved: {
    EN: () => 'The proposal was approved.',
    ZH: () => '复核同意。',
  },
  ProposalRejected: {
    EN: ({ reason }) => `The proposal was rejected: ${reason}.`,
    ZH: ({ reason }) => `复核不同意：${reason}。`,
  },
  ProposalCarriedOut: {
    EN: ({ eventIds }) => `The approved act took effect with ${eventIds.length} events.`,
    ZH: ({ eventIds }) => `复核事项生效，共${eventIds.length}个事件。`,
  },
  ProposalFailed: {
    EN: ({ code, message }) => `The approved act was refused (${code}): ${bare(message)}.`,
    ZH: ({ code, message }) => `复核事项未能生效（${code}）：${bare(message)}。`,
  },
};

/** A message is a sentence already. */
const bare = (message: string): string => message.replace(/[.。]$/u, '');

/** What a command does, for people: its name in Chinese, its description in English. */
export function labelOf(command: string, language: 'EN' | 'ZH'): string {
  if (command === VOID_COMMAND) return language === 'EN' ? 'Take an event back.' : '撤回事件';
  const definition = commandCatalogue.get(command)?.definition;
  if (!definition) return command;
  return language === 'EN' ? definition.description : definition.zh;
}
