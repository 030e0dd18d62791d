/** Raw HTTP: a call of fetch, axios and kin becomes a use when its URL names something the catalog knows. */
import type { Provider } from '../model/catalog.ts';
import type { Reading } from '../model/reading.ts';
import type { GatewayModel } from '../model/resolved.ts';
import type { Operation } from '../model/surface.ts';
import { argumentAt } from './arguments.ts';
import { fitting } from './conditions.ts';
import { memberOf } from './members.ts';
import { goTogether, readingsOf } from './readings.ts';
import { requestSteps } from './request-steps.ts';
import { alternatives, HOLE, type Made, type Value } from './value.ts';
import type { World } from './world.ts';

export interface HttpTarget {
  readonly provider: Provider;
  readonly operation?: Operation;
  readonly url: Reading;
  readonly model: readonly Reading[];
  /** It only asks. */
  readonly reads?: boolean;
  /** What its body asks the gateway to try. */
  readonly routes?: readonly GatewayModel[];
}

/** Keys under which bodies name a model. */
const MODEL_KEYS = ['model', 'model_id', 'modelId'];
/** A body written out as text, and a query: the same keys. */
const MODEL_IN_TEXT = /"(?:model|model_id|modelId)"\s*:\s*"([\w./:@-]{2,120})"/;
const MODEL_IN_QUERY = /[?&](?:model|model_id|modelId)=([\w./:@-]{2,120})(?=[&#]|$)/;
const ROOT = /^[a-z]+:\/\/[^/]+\/?$/i;
/** Methods that ask or take away, and run no model. */
const READS = /^(?:get|head|options|delete)$/i;

/** What an HTTP call reaches; undefined: nothing the catalog knows. 'open': the URL is an argument. */
export function httpTargets(world: World, made: readonly Made[]): readonly HttpTarget[] | 'open' | undefined {
  const last = made.at(-1);
  const http = last?.meaning.http;
  if (!last || !http) return undefined;
  const urls = urlsOf(world, made, last);
  const reads = readsOnly(world, last);
  const model = reads ? [] : modelOf(world, last, http.body);
  const targets = urls.flatMap((url): readonly HttpTarget[] => {
    const named = url.text === undefined ? undefined : world.catalog.endpoint(url.text, url.env);
    // A bare port asked for its root says nothing of what listens there.
    if (!named || (named.by === 'port' && ROOT.test(url.text ?? ''))) return [];
    const { operation, ...rest } = named;
    if (reads) return rest.provider.mixed ? [] : [{ provider: rest.provider, url, model, reads }];
    const routes = named.provider.kind === 'gateway' ? requestSteps(world, named.provider, firstOf(world, http.body, last)) : [];
    if (routes.length)
      return [
        { ...rest, operation: kindOf(world, routes[0]?.facets.model ?? []) ?? operation ?? 'chat', url, model: [], routes },
      ];
    if (rest.provider.mixed && !operation) return [];
    const inUrl = modelInUrl(url, rest.model).filter(isName);
    const own = withUrl(model, url, urls);
    const asked = own.some(({ text }) => text !== undefined) || !inUrl.length ? own : inUrl;
    const runs = (rest.model === undefined ? undefined : kindOf(world, asked)) ?? operation;
    return [{ ...rest, ...(runs ? { operation: runs } : {}), url, model: asked }];
  });
  if (targets.length) return targets;
  return urls.some((url) => url.why === 'param' && isOnlyHole(url)) ? 'open' : undefined;
}

/** Models that a configuration of another URL names are not asked for here. */
function withUrl(model: readonly Reading[], url: Reading, urls: readonly Reading[]): readonly Reading[] {
  const own = model.filter((reading) => goTogether(reading, url, urls));
  return own.length || !model.length ? own : [{ why: 'branch', how: 'unknown', env: [], confidence: 0.6, trail: [] }];
}

/** What a model in a path is for, where its family is for one thing: one path serves them all. */
function kindOf(world: World, [first]: readonly Reading[]): Operation | undefined {
  const kind = first?.text === undefined ? undefined : world.catalog.model(first.text, true)?.family?.kind;
  return kind === undefined || kind === 'other' || kind === 'chat' ? undefined : kind;
}

function isOnlyHole(url: Reading): boolean {
  return url.text === undefined || url.text.startsWith(HOLE);
}

/** A request that only asks: its method says so, or nothing is sent and the library then only asks. */
function readsOnly(world: World, { meaning: { http }, args, scope }: Made): boolean {
  if (!http) return false;
  const method = firstOf(world, http.method ?? [], { args, scope });
  if (method) {
    const texts = readingsOf(world, method, scope.module.path).map(({ text }) => text);
    return texts.length > 0 && texts.every((text) => text !== undefined && READS.test(text));
  }
  return http.verb !== undefined && READS.test(http.verb) && !firstOf(world, http.body, { args, scope });
}

function firstOf(world: World, paths: readonly string[], { args, scope }: Pick<Made, 'args' | 'scope'>): Value | undefined {
  for (const path of paths) {
    const value = argumentAt(world, path, args, scope);
    if (value) return value;
  }
  return undefined;
}

function urlsOf(world: World, made: readonly Made[], last: Made): readonly Reading[] {
  const urls = givenUrls(world, last);
  const bases = made
    .toReversed()
    .map((one) => firstOf(world, one.meaning.sets?.baseUrl ?? [], one))
    .find((value) => value);
  if (!bases) return urls;
  return readingsOf(world, bases, last.scope.module.path).flatMap((head) =>
    (urls.length ? urls : [{ ...head, text: '' }]).map((tail) => joined(head, tail)),
  );
}

function givenUrls(world: World, { meaning: { http }, args, scope }: Made): readonly Reading[] {
  const from = scope.module.path;
  const host = firstOf(world, http?.host ?? [], { args, scope });
  if (host) {
    const path = firstOf(world, http?.path ?? [], { args, scope });
    const tails = path ? readingsOf(world, path, from) : [];
    return readingsOf(world, host, from).flatMap((head) => {
      const origin = { ...head, text: `https://${head.text ?? HOLE}` };
      return tails.length ? tails.map((tail) => joined(origin, tail)) : [origin];
    });
  }
  const url = http?.url
    .map((path) => argumentAt(world, path, args, scope))
    .find((value) => value && value.kind !== 'unknown' && value.kind !== 'record');
  return url ? readingsOf(world, url, from) : [];
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
    const written = readingsOf(world, body, last.scope.module.path).flatMap((reading) => inText(reading, MODEL_IN_TEXT));
    if (written.length) return written;
    for (const key of MODEL_KEYS) {
      const model = fitting(world, memberOf(world, body, key), last);
      if (alternatives(model).some(({ kind }) => kind !== 'unknown'))
        return readingsOf(world, model, last.scope.module.path).filter(isName);
    }
  }
  return [];
}

/** The model that a path or a query names. One that is put in at run time is known to be there, and not which. */
function modelInUrl(url: Reading, named: string | undefined): readonly Reading[] {
  if (named === undefined) return inText(url, MODEL_IN_QUERY);
  const { text: _text, why: _why, words: _words, ...rest } = url;
  if (named.includes(HOLE)) return [{ ...rest, why: url.why ?? 'template' }];
  // Of what the URL was put together from, the part that names the model says where.
  const part = url.words?.find(({ text }) => text === named);
  return [{ ...rest, trail: part?.trail ?? url.trail.toReversed(), text: named }];
}

function inText({ text, why: _why, ...reading }: Reading, pattern: RegExp): readonly Reading[] {
  const id = text === undefined ? undefined : pattern.exec(text)?.[1];
  return id === undefined ? [] : [{ ...reading, text: id }];
}

/** No model is called by a number or a switch: an argument of another call has taken its place. */
function isName({ text }: Reading): boolean {
  return text === undefined || !/^(?:true|false|null|\d+(?:\.\d+)?)$/.test(text);
}
