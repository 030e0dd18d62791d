/** Values -> readings: the texts an argument can hold, with how we know. */
import type { How, Reading } from '../model/reading.ts';
import type { Value } from './value.ts';
import type { World } from './world.ts';

const LIMIT = 60;

/** All texts a value can be, deduplicated, in order; what is unknown stays as an unknown reading with its reason. */
export function readingsOf(world: World, value: Value, from: string): readonly Reading[] {
  const readings = new Map<string, Reading>();
  for (const reading of read(world, value, from)) {
    const key = `${reading.text ?? `?${reading.why}`}${reading.origins ?? ''}`;
    if (!readings.has(key) && readings.size < LIMIT) readings.set(key, reading);
  }
  return [...readings.values()];
}

/** Whether two texts can be meant together: not where each stands in a record of its own, nor beside one that stands in the same. */
export function goTogether({ origins }: Reading, other: Reading, others: readonly Reading[]): boolean {
  if (!origins) return true;
  const meets = (reading: Reading) => reading.origins?.some((origin) => origins.includes(origin)) ?? false;
  return other.origins ? meets(other) : !others.some(meets);
}

function read(world: World, value: Value, from: string): readonly Reading[] {
  switch (value.kind) {
    case 'text':
      return [textReading(value)];
    case 'constant':
      // Nothing is given: `null` is no model of that name.
      if (value.value === null) return [];
      return [{ text: String(value.value), how: 'literal', env: [], confidence: 1, trail: value.trail }];
    case 'env':
      return readEnv(world, value, from);
    case 'choice':
      return value.by === 'default' ? readDefault(world, value.of, from) : value.of.flatMap((part) => read(world, part, from));
    case 'list':
      return value.items.flatMap((part) => read(world, part, from));
    case 'param':
      return [missing(value.rest ? 'rest' : 'param')];
    case 'unknown':
      return [missing(value.why)];
    default:
      return [missing('not-text')];
  }
}

function textReading(value: Value & { kind: 'text' }): Reading {
  const { text, how, env, confidence, trail, holes, words, yields, origins } = value;
  const more = { ...(words ? { words } : {}), ...(yields ? { yields } : {}), ...(origins ? { origins } : {}) };
  const base = { text, env, confidence, trail, ...more };
  return holes.length ? { ...base, why: holeReason(holes), how: 'template' } : { ...base, how };
}

function holeReason(holes: readonly Value[]): string {
  const [first] = holes;
  if (first?.kind === 'env') return 'env';
  return first?.kind === 'unknown' ? first.why : (first?.kind ?? 'unknown');
}

function missing(why: string): Reading {
  return { why, how: 'unknown', env: [], confidence: 0.6, trail: [] };
}

function readEnv(world: World, value: Value & { kind: 'env' }, from: string): readonly Reading[] {
  const configured = world.environment(value.name, from);
  const firm = configured.filter((reading) => reading.confidence > 0.6);
  if (firm.length) return firm;
  if (value.fallback) {
    const defaults = read(world, value.fallback, from).filter((reading) => reading.text !== undefined);
    if (defaults.length) return defaults.map((reading) => asDefault(reading, [value.name]));
  }
  if (configured.length) return configured;
  return [{ why: 'env', how: 'unknown', env: [value.name], confidence: 0.6, trail: value.at ? [value.at] : [] }];
}

/** `a ?? b`: configuration that is there, else the last default; an argument nobody passes yields to its default. */
function readDefault(world: World, parts: readonly Value[], from: string): readonly Reading[] {
  const env: string[] = [];
  const weak: Reading[] = [];
  let isLeft = false;
  for (const part of parts) {
    const readings = read(world, part, from);
    const known = readings.filter((reading) => reading.text !== undefined && reading.why === undefined && reading.text !== '');
    const firm = known.filter((reading) => reading.confidence > 0.6);
    if (firm.length) return firm.map((reading) => leftTo(isLeft, env.length ? asDefault(reading, env) : reading));
    isLeft ||= readings.some(({ why }) => why === 'param');
    weak.push(...known);
    env.push(...readings.flatMap((reading) => reading.env));
  }
  if (weak.length) return weak;
  return parts.flatMap((part) => read(world, part, from));
}

/** `options.model ?? "small"`: what a caller gives takes its place. */
function leftTo(isLeft: boolean, reading: Reading): Reading {
  return isLeft ? { ...reading, yields: true } : reading;
}

function asDefault(reading: Reading, env: readonly string[]): Reading {
  const settled: readonly How[] = ['config', 'iac', 'env-default', 'declared'];
  if (settled.includes(reading.how)) return reading;
  return {
    ...reading,
    how: env.length ? 'env-default' : reading.how,
    env: [...env, ...reading.env],
    confidence: Math.min(0.9, reading.confidence),
  };
}
