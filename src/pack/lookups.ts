import type { Catalog, InferenceScope, Region, Retirement } from '../model/catalog.ts';
import type { CatalogPackage } from '../model/catalog-tables.ts';
import type { ResourceType } from '../model/resource-type.ts';
import { lazy } from './lazy.ts';
import type { BareOf } from './models.ts';

/** Finds a region by the id or another spelling its cloud uses; ids win over aliases. */
export function regionLookup(regions: () => readonly Region[]): Catalog['region'] {
  const index = lazy(() => {
    const found = new Map<string, Region>();
    for (const region of regions()) found.set(`${region.cloud} ${region.id.toLowerCase()}`, region);
    for (const region of regions()) {
      for (const alias of region.aliases) {
        const key = `${region.cloud} ${alias.toLowerCase()}`;
        if (!found.has(key)) found.set(key, region);
      }
    }
    return found;
  });
  return (cloud, token) => index().get(`${cloud} ${token.toLowerCase()}`);
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
export function retirementLookup(rows: () => readonly Retirement[], bareOf: BareOf): Catalog['retirement'] {
  // A fine-tuned model has its own date where the operator states one, else it goes with its base.
  const named = (id: string): string => {
    const { bare, tuned } = bareOf(id);
    return tuned ? `ft:${bare}` : bare;
  };
  const index = lazy(() => {
    const found = new Map<string, Retirement>();
    for (const row of rows()) found.set(retirementKey(row.operator, row.model), row);
    for (const row of rows()) {
      for (const name of [...row.aliases, named(row.model)]) {
        const key = retirementKey(row.operator, name);
        if (!found.has(key)) found.set(key, row);
      }
    }
    return found;
  });
  return (operator, model) => {
    for (const name of [model, named(model), bareOf(model).bare]) {
      const row = index().get(retirementKey(operator, name));
      if (row) return row;
    }
    return undefined;
  };
}

function retirementKey(operator: string, model: string): string {
  return `${operator} ${model.toLowerCase()}`;
}

/** Finds a package by its registry's name; PyPI takes `_`, `.` and case as one, Swift knows addresses. */
export function packageLookup(packages: () => readonly CatalogPackage[]): Catalog['package'] {
  const index = lazy(() => new Map(packages().map((entry) => [packageKey(entry.ecosystem, entry.name), entry])));
  return (ecosystem, name) => index().get(packageKey(ecosystem, name));
}

function packageKey(ecosystem: string, name: string): string {
  if (ecosystem === 'pypi') return `${ecosystem} ${name.toLowerCase().replaceAll(/[-_.]+/g, '-')}`;
  // An address of a repository: GitHub minds neither case, nor .git, nor a slash at the end.
  if (ecosystem === 'swift')
    return `${ecosystem} ${name
      .toLowerCase()
      .replace(/\/$/, '')
      .replace(/\.git$/, '')}`;
  return ecosystem === 'nuget' || ecosystem === 'packagist' ? `${ecosystem} ${name.toLowerCase()}` : `${ecosystem} ${name}`;
}

/** Finds a type of infrastructure resource. */
export function resourceLookup(resources: () => readonly ResourceType[]): Catalog['resource'] {
  const index = lazy(() => new Map(resources().map((resource) => [`${resource.tool} ${resource.type}`, resource])));
  return (tool, type) => index().get(`${tool} ${type}`);
}
