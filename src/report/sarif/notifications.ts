/** What went wrong during the audit, as SARIF tells it. */
import type { Invocation, Notification } from 'sarif';
import type { Report } from '../../model/report.ts';
import { escapeTerminal } from '../escape-terminal.ts';
import { relativeUri } from './places.ts';

const MOST = 1000;
/** Left out by what they are; nothing failed. */
const EXPECTED = new Set(['symlink', 'not-regular', 'binary', 'other-filesystem']);
/** Exit codes of an audit that looked at everything it meant to look at. */
const COMPLETE = new Set([0, 1, 3]);

export interface Omitted {
  /** Groups beyond the limit of results. */
  readonly cut: number;
  /** Groups without any file to show them at. */
  readonly placeless: number;
}

/** The one invocation of a run. */
export function invocationOf({ problems, exit }: Pick<Report, 'problems' | 'exit'>, { cut, placeless }: Omitted): Invocation {
  const told = problems.slice(0, MOST).map(notification);
  const rest = problems.length - told.length;
  const own = [
    ...(cut > 0
      ? [omission('results-cut', `${cut} more groups of findings are in the JSON report: the least severe are left out here`)]
      : []),
    ...(placeless > 0
      ? [omission('no-place', `${placeless} groups of findings have no file to be shown at; the JSON report has them`)]
      : []),
    ...(rest > 0 ? [omission('problems-cut', `${rest} more problems are in the JSON report`)] : []),
  ];
  return { executionSuccessful: COMPLETE.has(exit.code), toolExecutionNotifications: [...own, ...told] };
}

function notification({ path, reason, message }: Report['problems'][number]): Notification {
  const uri = path === undefined ? '' : relativeUri(path);
  return {
    level: EXPECTED.has(reason) ? 'note' : 'warning',
    descriptor: { id: reason },
    message: { text: escapeTerminal(message) || reason },
    ...(uri === '' ? {} : { locations: [{ physicalLocation: { artifactLocation: { uri, uriBaseId: 'SRCROOT' } } }] }),
  };
}

function omission(id: string, text: string): Notification {
  return { level: 'warning', descriptor: { id }, message: { text } };
}
