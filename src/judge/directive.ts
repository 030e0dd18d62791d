import { isDay } from '../condition/days.ts';

/** One inline suppression, read from a comment. */
export interface Directive {
  readonly rules: readonly string[];
  readonly until: string | undefined;
  readonly reason: string;
}

/** What a comment says, or what is wrong with it. */
export type Parsed = { readonly directive: Directive } | { readonly problem: string };

const MARKER = 'ai-deps-ignore';
const RULE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)+$/;
/** Where block comments end: the front end may hand on the closing mark. */
const CLOSERS = /\s*(?:\*\/\}?|-->|#\}|%>)\s*$/;
const MAX_LENGTH = 1000;

/**
 * Reads `<rule-id>[, …] [until=YYYY-MM-DD] -- reason`, with or without the marker before it.
 * Anything else is a problem: a slip of the pen must never silence more than was meant.
 */
export function parseDirective(text: string): Parsed {
  if (text.length > MAX_LENGTH) return { problem: `is longer than ${MAX_LENGTH} characters` };
  const body = withoutMarker(text.replace(CLOSERS, ''));
  if (body === null) return { problem: `does not start with ${MARKER} and a space` };
  const split = / -- |^-- | --$|^--$/.exec(body);
  if (split === null) return { problem: 'has no reason; write -- and why it is ignored' };
  const reason = body.slice(split.index + split[0].length).trim();
  if (reason === '') return { problem: 'has an empty reason; write after -- why it is ignored' };
  return parseHead(body.slice(0, split.index).trim(), reason);
}

function withoutMarker(text: string): string | null {
  const trimmed = text.trim();
  const start = trimmed.indexOf(MARKER);
  if (start < 0) return trimmed;
  const rest = trimmed.slice(start + MARKER.length);
  return rest === '' || /^\s/.test(rest) ? rest.trim() : null;
}

function parseHead(head: string, reason: string): Parsed {
  const dates = head.split(/[\s,]+/).filter((word) => word.startsWith('until'));
  if (dates.length > 1) return { problem: 'names until more than once' };
  const [date] = dates;
  const until = date === undefined ? undefined : /^until=(.*)$/.exec(date)?.[1];
  if (date !== undefined && (until === undefined || !isDay(until)))
    return { problem: `has no valid date in "${date}"; write until=YYYY-MM-DD` };
  if (date !== undefined && !head.endsWith(date))
    return { problem: 'has something after until; only -- and the reason follow it' };
  const list = (date === undefined ? head : head.slice(0, -date.length)).trim();
  if (list === '') return { problem: 'names no rule; a rule id is needed' };
  const rules = list.split(',').map((rule) => rule.trim());
  const wrong = rules.find((rule) => !RULE_ID.test(rule));
  if (wrong !== undefined)
    return { problem: wrong === '' ? 'has an empty entry in its list of rules' : `"${wrong}" is no rule id` };
  return { directive: { rules: [...new Set(rules)].sort(), until, reason } };
}
