/** One result for each group of findings. */
import { createHash } from 'node:crypto';
import type { Result } from 'sarif';
import type { Finding, Report } from '../../model/report.ts';
import { escapeTerminal } from '../escape-terminal.ts';
import { rulesOf, type ShownGroup } from '../groups.ts';
import type { PlaceLookup } from '../places.ts';
import { LEVEL, rankOf } from './levels.ts';
import { type Place, physicalLocation, relatedLocation } from './places.ts';

/** Places beside the first: GitHub shows those that the message links to, and nobody reads more. */
const MOST_RELATED = 20;
const MOST_FACETS = 10;
const LONGEST_TITLE = 300;

export interface ResultContext {
  readonly places: PlaceLookup;
  /** Where findings without a place of their own are shown. */
  readonly anchor: Place | undefined;
  /** Rule id -> its index among the descriptors. */
  readonly indexes: ReadonlyMap<string, number>;
}

/** The result of a group; undefined where there is no file to show it at, for SARIF needs one. */
export function resultOf(group: ShownGroup, { places, anchor, indexes }: ResultContext): Result | undefined {
  const { key, head, facets } = group;
  const [first, ...others] = places([head, ...facets].flatMap(({ evidence }) => evidence));
  const main = first ?? anchor;
  if (!main) return undefined;
  const related = others.slice(0, MOST_RELATED);
  return {
    ruleId: head.ruleId,
    ruleIndex: indexes.get(head.ruleId) ?? -1,
    level: LEVEL[head.severity],
    rank: rankOf(head.severity, head.confidence),
    message: { text: messageOf(group, { related, more: others.length - related.length, isAnchored: first === undefined }) },
    locations: [{ physicalLocation: physicalLocation(main) }],
    ...(related.length > 0 ? { relatedLocations: related.map((place, index) => relatedLocation(place, index + 1)) } : {}),
    // Of the group and of no line: the alert stays the same when the code around it moves.
    partialFingerprints: { primaryLocationLineHash: createHash('sha256').update(key).digest('hex').slice(0, 16) },
    properties: { group: key, rules: rulesOf(group), confidence: head.confidence, fixGain: head.fixGain },
  };
}

/** The place for findings that have none: the first manifest, else the first file of the inventory. */
export function anchorOf({ inventory }: Pick<Report, 'inventory'>): Place | undefined {
  const manifest = inventory.packages.map((entry) => entry.manifest).sort()[0];
  const seen = Object.values(inventory)
    .flat()
    .map(({ path }) => path);
  const path = manifest ?? seen.sort().find((one) => one !== '');
  return path === undefined ? undefined : { path, line: 1, column: 1, endLine: 1, endColumn: 2, token: '' };
}

interface Surroundings {
  readonly related: readonly Place[];
  readonly more: number;
  readonly isAnchored: boolean;
}

/** The first sentence is the title GitHub shows. */
function messageOf({ head, facets }: ShownGroup, { related, more, isAnchored }: Surroundings): string {
  const links = related.map(({ path, line, column }, index) => `[${inert(`${path}:${line}:${column}`)}](${index + 1})`);
  return [
    sentence(head),
    ...facets.slice(0, MOST_FACETS).map((facet) => `${sentence(facet)} (${facet.ruleId})`),
    ...(facets.length > MOST_FACETS ? [`And ${facets.length - MOST_FACETS} more in the JSON report.`] : []),
    ...(head.fix === '' ? [] : [`What to do: ${inert(head.fix)}`]),
    ...(links.length > 0 ? [`Also at ${links.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`] : []),
    ...(isAnchored ? ['It is about the tree as a whole, so it is shown at this file.'] : []),
  ].join('\n');
}

function sentence({ message }: Finding): string {
  const text = message.length > LONGEST_TITLE ? `${message.slice(0, LONGEST_TITLE)}…` : message;
  return `${inert(text.replace(/[.\s]+$/, ''))}.`;
}

/** Text of the audited tree: visible, and no link of its own. */
function inert(text: string): string {
  return escapeTerminal(text).replace(/[\\[\]]/g, '\\$&');
}
