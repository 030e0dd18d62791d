/** What the audit does not know, as plainly as what it does. */
import { unknownInWords } from '../unknown-words.ts';
import { otherProblems, type UnreadKind, unreadCount, unreadKinds } from '../unread-files.ts';
import { fitMiddle, flow, hang } from './layout.ts';
import { counted, type Screen, section, sectionWidth } from './screen.ts';

const MOST_UNKNOWN = 5;
const MOST_PATHS = 3;
const MOST_PROBLEMS = 3;
const LONGEST_PATH = 48;

/** The section, or nothing where everything was seen. */
export function notSeen(screen: Screen): readonly string[] {
  const lines = [...unknownPart(screen), ...filesPart(screen), ...problemsPart(screen)];
  return lines.length === 0 ? [] : section(screen, 'NOT SEEN', lines);
}

function unknownPart(screen: Screen): readonly string[] {
  const all = unknownInWords(screen.report.coverage.unknown);
  const more = all.length - MOST_UNKNOWN;
  const shown = more > 0 ? [...all.slice(0, MOST_UNKNOWN), `${counted(more, 'more reason')}, in the JSON report`] : all;
  return shown.flatMap((text) => hang('', text, sectionWidth(screen)));
}

function filesPart(screen: Screen): readonly string[] {
  const { report } = screen;
  const width = sectionWidth(screen);
  const unread = unreadCount(report);
  const { degraded } = report.coverage;
  const kinds = unreadKinds(report);
  const last = kinds.length - 1;
  const tokens = kinds.flatMap((kind, index) => tokensOf(kind, { isOnly: last === 0, end: index < last ? ',' : '', width }));
  return [
    ...(unread > 0 ? flow([`${counted(unread, 'file')} not read:`, ...tokens], { separator: ' ', width }) : []),
    ...(degraded > 0 ? hang('', `${counted(degraded, 'file')} searched for words only, not parsed`, width) : []),
  ];
}

/** `2 too large` and its paths, each of which stays whole. */
function tokensOf(
  { count, words, paths }: UnreadKind,
  { isOnly, end, width }: { isOnly: boolean; end: string; width: number },
): readonly string[] {
  const what = isOnly ? words : `${count} ${words}`;
  const shown = paths.slice(0, MOST_PATHS).map((path) => fitMiddle(path, Math.min(LONGEST_PATH, width - 3)));
  if (shown.length === 0) return [`${what}${end}`];
  const more = count - shown.length;
  const listed = more > 0 ? [...shown, `+${more} more`] : shown;
  const last = listed.length - 1;
  const inside = listed.map((text, index) => `${index === 0 ? '(' : ''}${text}${index < last ? ',' : `)${end}`}`);
  return [what, ...inside];
}

function problemsPart(screen: Screen): readonly string[] {
  const width = sectionWidth(screen);
  const all = otherProblems(screen.report);
  const told = all.slice(0, MOST_PROBLEMS).map(({ path, message }) => {
    // Some messages name their place themselves.
    if (path === undefined || path === '.' || message.startsWith(path)) return message;
    return `${fitMiddle(path, Math.min(LONGEST_PATH, width - 2))}: ${message}`;
  });
  const more = all.length - MOST_PROBLEMS;
  return [...told, ...(more > 0 ? [`${counted(more, 'more problem')}, in the JSON report`] : [])].flatMap((text) =>
    hang('', text, width),
  );
}
