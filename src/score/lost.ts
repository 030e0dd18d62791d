/** What a list of lost things means: which nodes fail, and how much of each. */

import { largest } from './arithmetic.ts';
import { LAYERS, type Layer } from './constants.ts';
import { PortfolioError, show } from './portfolio-error.ts';

/** Nodes that fail: a node id or group id, or the beginning of ids where it ends in `*`. */
export interface LostPattern {
  readonly id: string;
  /** How much of the node is lost, 0..1. */
  readonly part: number;
}

/** Looks up how much of a node is lost. */
export interface Failure {
  partOf(layer: Layer, node: string): number;
  /** Whether anything in the layer is lost, so that a missing node might be. */
  touches(layer: Layer): boolean;
}

// The part must be a number up to 1: `model:claude-3-5-sonnet@20240620` is a whole name.
const SELECTOR = /^([a-z]+):(.+?)(?:@(0?\.\d+|0|1|1\.0+))?$/s;

/** Words that reach over more than one layer: a region takes what is hosted there with it. */
const REACH: Readonly<Record<string, (name: string) => readonly string[]>> = {
  provider: (name) => [`operator:${name}`, `maker:${name}`],
  region: (name) => [`region:${name}`, `host:${name}`],
  cloud: (name) => [`cloud:${name}`, `host:${name}:*`],
};

/** Reads one selector: `layer:name`, `provider:name`, with a trailing `*` and `@part`. undefined: it is none. */
export function parseLost(selector: string): readonly LostPattern[] | undefined {
  const [, word = '', name = '', part = '1'] = SELECTOR.exec(selector) ?? [];
  const reach = Object.hasOwn(REACH, word) ? REACH[word] : undefined;
  if (!reach && !LAYERS.some((layer) => layer === word)) return undefined;
  return (reach?.(name) ?? [`${word}:${name}`]).map((id) => ({ id, part: Number(part) }));
}

/** Whether a pattern means that node or group. */
export function isLost(pattern: LostPattern, id: string): boolean {
  return pattern.id.endsWith('*') ? id.startsWith(pattern.id.slice(0, -1)) : id === pattern.id;
}

/** Makes a failure of selectors; `groups` maps `layer:name` to the owner, for the loss of an owner is the loss of all it has. */
export function failureOf(lost: readonly string[], groups: ReadonlyMap<string, string>): Failure {
  const patterns = lost.flatMap((selector) => {
    const parsed = parseLost(selector);
    if (parsed) return parsed;
    throw new PortfolioError('', `${show(selector)} is not something that can be lost`, {
      hint: 'write "layer:name": "operator:openai"',
    });
  });
  const parts = new Map<string, number>();
  const partOfNode = (layer: Layer, id: string) => {
    const group = groups.get(id);
    const ids = group === undefined ? [id] : [id, `${layer}:${group}`];
    return largest(patterns, (pattern) => (ids.some((one) => isLost(pattern, one)) ? pattern.part : 0));
  };
  return {
    partOf: (layer, node) => {
      const id = `${layer}:${node}`;
      const part = parts.get(id) ?? partOfNode(layer, id);
      parts.set(id, part);
      return part;
    },
    touches: (layer) => patterns.some(({ id }) => id.startsWith(`${layer}:`)),
  };
}
