/** Raw HTTP: a call of fetch, axios and kin becomes a use when its URL names something the catalog knows. */
import type { Operation, Provider } from '../model/catalog.ts';
import type { Reading } from '../model/resolved.ts';
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
    const named = providerOf(world, url);
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
  const given = last.meaning.http?.url.map((path) => argumentAt(world, path, last.args, last.scope)).find((value) => value && value.kind !== 'unknown' && value.kind !== 'record');
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
  return { ...head, text: right ? `${left}/${right}` : left, env: [...head.env, ...tail.env], trail: [...head.trail, ...tail.trail] };
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

/** Provider of a URL: by host, by a distinctive path, or by a path together with the name of the environment variable before it. */
export function providerOf(world: World, url: Reading): { provider: Provider; operation?: Operation } | undefined {
  const text = url.text ?? '';
  const { host, path } = split(text);
  const paths = world.catalog.path(path);
  const match = host ? world.catalog.host(host) : undefined;
  if (match) return withOperation(match.provider, paths);
  const distinctive = paths.find((candidate) => candidate.distinctive);
  const isOwnRoute = host === undefined && !text.startsWith(HOLE);
  if (distinctive && !isOwnRoute && !(host && !host.includes(HOLE))) return distinctive;
  const local = host ? byPort(world, text, paths) : undefined;
  if (local) return local;
  for (const name of url.env) {
    const provider = world.catalog.env(name);
    const known = paths.find((candidate) => candidate.provider.id === provider?.id);
    if (provider && (known || provider.envWords.length)) return withOperation(provider, paths);
  }
  return undefined;
}

function byPort(world: World, url: string, paths: readonly { provider: Provider; operation?: Operation }[]): { provider: Provider; operation?: Operation } | undefined {
  const port = Number(/^[a-z]+:\/\/[^/:]+:(\d+)/i.exec(url)?.[1]);
  if (!port) return undefined;
  for (const provider of world.catalog.providers.values()) {
    if (!provider.ports.includes(port)) continue;
    if (paths.some((candidate) => candidate.provider.id === provider.id) || isLocal(url)) return withOperation(provider, paths);
  }
  return undefined;
}

function isLocal(url: string): boolean {
  return /^[a-z]+:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|[a-z][a-z0-9_-]*)(?::|\/|$)/i.test(url);
}

function withOperation(provider: Provider, paths: readonly { provider: Provider; operation?: Operation }[]): { provider: Provider; operation?: Operation } {
  const known = paths.find((candidate) => candidate.provider.id === provider.id) ?? paths.find((candidate) => candidate.provider.kind === 'open-ended');
  return known?.operation ? { provider, operation: known.operation } : { provider };
}

/** Host without port and path of a URL text, holes kept. */
export function split(url: string): { host: string | undefined; path: string } {
  const match = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@]*@)?([^/:?#]*)(?::[^/]*)?([^?#]*)/i.exec(url);
  if (match) return { host: match[1]?.toLowerCase(), path: match[2] ?? '' };
  const slash = url.indexOf('/');
  return { host: undefined, path: slash < 0 ? '' : url.slice(slash) };
}
