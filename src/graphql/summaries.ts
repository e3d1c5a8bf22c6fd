/** Sentences on the events of divisions, and of what is neither village nor division. `self` is the division's name. */
import type { EventCatalogue } from '../domain/index.ts';
import type { Templates } from './summary-templates.ts';

type DivisionTypes = Extract<keyof EventCatalogue, `Division${string}`>;

export const divisionSummaries: Templates<Pick<EventCatalogue, DivisionTypes>> = {
  DivisionListed: {
    EN: ({ name, code }) => `${name} stands in the roster with the code ${code}.`,
    ZH: ({ name, code }) => `${name}列入名录，代码${code}。`,
  },
  DivisionRenamed: {
    EN: ({ oldName, newName }) => `${oldName} was renamed ${newName}.`,
    ZH: ({ oldName, newName }) => `${oldName}更名为${newName}。`,
  },
  DivisionCodeChanged: {
    EN: ({ oldCode, newCode }, self) => `The code of ${self} changed from ${oldCode} to ${newCode}.`,
    ZH: ({ oldCode, newCode }, self) => `${self}的代码由${oldCode}改为${newCode}。`,
  },
  DivisionTransferred: {
    EN: ({ fromParent, toParent }, self, names) =>
      `${self} passed from ${names.division(fromParent)} to ${names.division(toParent)}.`,
    ZH: ({ fromParent, toParent }, self, names) =>
      `${self}由${names.division(fromParent)}划归${names.division(toParent)}。`,
  },
  DivisionDelisted: {
    EN: ({ reason }, self) => `${self} no longer stands in the roster${reason ? `: ${reason}` : ''}.`,
    ZH: ({ reason }, self) => `${self}不再列入名录${reason ? `：${reason}` : ''}。`,
  },
};

type OtherTypes =
  | 'EventVoided'
  | Extract<keyof EventCatalogue, `IdentityReview${string}` | `ReportedFigure${string}` | `Roster${string}`>;

export const otherSummaries: Templates<Pick<EventCatalogue, OtherTypes>> = {
  EventVoided: {
    EN: ({ eventId, reason }) => `The event ${eventId} was taken back: ${reason}.`,
    ZH: ({ eventId, reason }) => `事件${eventId}被撤回：${reason}。`,
  },
  IdentityReviewRaised: {
    EN: ({ candidates }) => `Whether ${recordsOf(candidates, ' and ')} are one village was left for a clerk.`,
    ZH: ({ candidates }) => `${recordsOf(candidates, '与')}是否同一村，留待人工核定。`,
  },
  IdentityReviewDismissed: {
    EN: ({ reason }) => `The records of the case stay as they are: ${reason}.`,
    ZH: ({ reason }) => `核定维持原记录：${reason}。`,
  },
  ReportedFigureRecorded: {
    EN: ({ metric, value, source }) => `${source.publisher} reported ${value} for ${metric}.`,
    ZH: ({ metric, value, source }) => `${source.publisher}公布${metric}为${value}。`,
  },
  ReportedFigureReplaced: {
    EN: ({ metric, value, source }) => `${source.publisher} replaced the figure for ${metric} by ${value}.`,
    ZH: ({ metric, value, source }) => `${source.publisher}将${metric}更正为${value}。`,
  },
  RosterImportStarted: {
    EN: ({ edition, rows }) => `The import of the edition ${edition} with ${rows} rows began.`,
    ZH: ({ edition, rows }) => `开始导入${edition}年版名录，共${rows}行。`,
  },
  RosterImportCompleted: {
    EN: ({ edition, eventsAppended, reviews }) =>
      `The import of the edition ${edition} is complete: ${eventsAppended} events, ${reviews} cases for a clerk.`,
    ZH: ({ edition, eventsAppended, reviews }) =>
      `${edition}年版名录导入完成：${eventsAppended}个事件，${reviews}例留待人工核定。`,
  },
};

const recordsOf = (candidates: readonly { readonly name: string; readonly on: string }[], and: string): string =>
  candidates.map(({ name, on }) => `${name} (${on})`).join(and);
