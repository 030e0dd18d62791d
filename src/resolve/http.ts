/** Raw HTTP: a call of fetch, axios and kin becomes a use when its URL names something the catalog knows. */
import type { Provider } from '../model/catalog.ts';
import type { Reading } from '../model/resolved.ts';
import type { Operation } from '../model/surface.ts';
import { argumentAt } from './arguments.ts';
import { memberOf } from './members.ts';
import { readingsOf } from './readings.ts';
import { HOLE, type Made, type Value } from './value.ts';
import type { World } from './world.ts';

export interface HttpTarget {
  readonly provider: Provider;
  readonly operation?: Operation;
  readonly url: Reading;
  readonly model: readonly Reading[];
}

/** What an HTTP call reaches; undefined: nothing the catalog knows. 'open': the URL is an argument. */
export function httpTargets(world: World, made: readonly Made[]): readonly HttpTarget[] | 'open' | undefined {
  const last = made.at(-1);
  const http = last?.meaning.http;
  if (!last || !http) return undefined;
  const urls = urlsOf(world, made, last);
  const model = modelOf(world, last, http.body);
  const targets = urls.flatMap((url) => {
    const named = url.text === undefined ? undefined : world.catalog.endpoint(url.text, url.env);
    return named ? [{ ...named, url, model }] : [];
  });
  if (targets.length) return targets;
  return urls.some((url) => url.why === 'param' && isOnlyHole(url)) ? 'open' : undefined;
}

function isOnlyHole(url: Reading): boolean {
  return url.text === undefined || url.text.startsWith(HOLE);
}

function urlsOf(world: World, made: readonly Made[], last: Made): readonly Reading[] {
  const from = last.scope.module.path;
  const given = last.meaning.http?.url
    .map((path) => argumentAt(world, path, last.args, last.scope))
    .find((value) => value && value.kind !== 'unknown' && value.kind !== 'record');
  const urls = given ? readingsOf(world, given, from) : [];
  const base = made
    .toReversed()
    .flatMap((one) => (one.meaning.sets?.baseUrl ?? []).map((path) => argumentAt(world, path, one.args, one.scope)))
    .find((value) => value);
  if (!base) return urls;
  const bases = readingsOf(world, base, from);
  return bases.flatMap((head) => (urls.length ? urls : [{ ...head, text: '' }]).map((tail) => joined(head, tail)));
}

function joined(head: Reading, tail: Reading): Reading {
  if (tail.text !== undefined && /^[a-z]+:\/\//i.test(tail.text)) return tail;
  const left = (head.text ?? HOLE).replace(/\/$/, '');
  const right = (tail.text ?? HOLE).replace(/^\//, '');
  return {
    ...head,
    text: right ? `${left}/${right}` : left,
    env: [...head.env, ...tail.env],
    trail: [...head.trail, ...tail.trail],
  };
}

function modelOf(world: World, last: Made, paths: readonly string[]): readonly Reading[] {
  for (const path of paths) {
    const body = argumentAt(world, path, last.args, last.scope);
    if (!body) continue;
    const model: Value = memberOf(world, body, 'model');
    if (model.kind !== 'unknown') return readingsOf(world, model, last.scope.module.path);
  }
  return [];
}
