import type { Catalog, InferenceScope } from '../model/catalog.ts';
import type { CompiledPack } from './compiled.ts';
import { lazy } from './lazy.ts';
import type { Prefixes } from './model-id.ts';
import { bareOf, endName } from './prefixes.ts';

type Pack = Pick<CompiledPack, 'rows' | 'indexes'>;

/** Finds a region by the id or another spelling its cloud uses. */
export function regionLookup({ rows, indexes }: Pack): Catalog['region'] {
  return (cloud, token) => {
    const key = indexes.places.get(`${cloud} ${token.toLowerCase()}`);
    return key === undefined ? undefined : rows.regions.get(key);
  };
}

/** Finds where inference may run, by prefix, SKU or location; prefixes with or without their dot. */
export function scopeLookup(scopes: () => readonly InferenceScope[]): Catalog['scope'] {
  const index = lazy(() => new Map(scopes().map((scope) => [scopeKey(scope.provider, scope.kind, scope.token), scope])));
  return (provider, kind, token) => index().get(scopeKey(provider, kind, token));
}

function scopeKey(provider: string, kind: InferenceScope['kind'], token: string): string {
  return `${provider} ${kind} ${token.toLowerCase().replace(/\.$/, '')}`;
}

/** Finds the end of a model at one operator: by the id as written there, by an alias, or by what the maker calls it. */
export function retirementLookup({ rows, indexes }: Pack, prefixes: Prefixes): Catalog['retirement'] {
  return (operator, model) => {
    for (const name of [model, endName(model, prefixes), bareOf(model, prefixes).bare]) {
      const key = indexes.ends.get(`${operator} ${name.toLowerCase()}`);
      if (key !== undefined) return rows.retirements.get(key);
    }
    return undefined;
  };
}
