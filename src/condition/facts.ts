import type { Catalog, ModelFamily, Retirement } from '../model/catalog.ts';
import type { CatalogPackage, ServiceEnd } from '../model/catalog-tables.ts';
import type { ModelMatch } from '../model/match.ts';
import { daysBetween, lastDay } from './days.ts';

export interface ProviderFact {
  readonly name: string;
  readonly kind: string;
  readonly group: string | null;
  readonly cloud: string | null;
  /** Country of the headquarters. */
  readonly origin: string | null;
}

export interface RetirementFact {
  readonly shutdown: string | null;
  readonly replacement: string | null;
  /** From as-of to a firm date; null where no date is firm. */
  readonly days: number | null;
  /** The operator announced an end; a bare "not before" date is none. */
  readonly announced: boolean;
  /** From as-of to a date that may be put off; null where none is. */
  readonly earliestDays: number | null;
}

/** An end that is due or near, of a service and not of one model. */
export interface ServiceFact {
  readonly label: string;
  readonly state: 'off' | 'unsupported' | 'closed';
  /** Negative once past. */
  readonly days: number;
  readonly features: readonly string[];
  readonly sdks: readonly string[];
  readonly whole: boolean;
}

export interface ModelFact {
  readonly family: string | null;
  readonly maker: string | null;
  readonly origin: string | null;
  /** The operator moves this id: the catalog says so, or knows a dated snapshot of it. */
  readonly snapshot: boolean;
}

export interface RegionFact {
  readonly name: string;
  readonly country: string;
  readonly jurisdiction: string;
  readonly pair: string | null;
  readonly risk: { readonly event: string; readonly state: string; readonly date: string; readonly source: string } | null;
}

export interface FeatureFact {
  readonly name: string;
  readonly rule: string | null;
  readonly p: number | null;
}

/** What rules need from the catalog, already read at the as-of date. */
export interface Facts {
  provider(id: string): ProviderFact | null;
  retirement(operator: string, model: string): RetirementFact | null;
  model(id: string): ModelFact | null;
  region(cloud: string, id: string): RegionFact | null;
  feature(id: string): FeatureFact | null;
  /** What is known of versions of a package. */
  package(ecosystem: string, name: string): Pick<CatalogPackage, 'versions' | 'compromised'> | null;
  /** Ends of what the provider offers beside its models. */
  services(provider: string): readonly ServiceFact[];
  /** Days of notice the provider promises before a model ends; null where it promises none. */
  notice(provider: string, preview: boolean): number | null;
}

/** Reads the catalog at a date. */
export function factsFromCatalog(catalog: Catalog, asOf: string): Facts {
  return {
    provider: (id) => providerFact(catalog, id),
    retirement: (operator, model) => {
      const found = catalog.retirement(operator, model);
      return found === undefined ? null : retirementFact(found, asOf);
    },
    model: (id) => {
      const found = catalog.model(id, true);
      return found === undefined ? null : modelFact(found);
    },
    region: (cloud, id) => regionFact(catalog, cloud, id),
    feature: (id) => {
      const found = catalog.features.get(id);
      return found === undefined ? null : { name: found.name, rule: found.rule ?? null, p: found.p ?? null };
    },
    package: (ecosystem, name) => catalog.package(ecosystem, name) ?? null,
    services: (provider) =>
      [...catalog.services.values()].flatMap((end) => (end.provider === provider ? serviceFacts(end, asOf) : [])),
    notice: (provider, preview) => {
      const found = catalog.notice(provider);
      return (preview ? found?.previewDays : undefined) ?? found?.days ?? null;
    },
  };
}

function providerFact(catalog: Catalog, id: string): ProviderFact | null {
  const found = catalog.providers.get(id);
  if (found === undefined) return null;
  return {
    name: found.name,
    kind: found.kind,
    group: found.group ?? null,
    cloud: found.cloud ?? null,
    origin: found.hq?.country ?? null,
  };
}

function retirementFact(found: Retirement, asOf: string): RetirementFact {
  const shutdown = found.shutdown ?? null;
  // "Not before" is a promise to keep the model, not a date to leave by.
  const firm = shutdown !== null && found.precision !== 'earliest';
  return {
    shutdown,
    replacement: found.replacement ?? null,
    days: firm ? daysBetween(asOf, lastDay(shutdown)) : null,
    announced: firm || found.announced !== undefined || found.shutdown === undefined,
    earliestDays: shutdown !== null && !firm ? daysBetween(asOf, shutdown) : null,
  };
}

/** An end that is announced without a day is none to count to. */
function serviceFacts(end: ServiceEnd, asOf: string): readonly ServiceFact[] {
  const { service, state, shutdown, replacement, features, packages, whole } = end;
  const days = shutdown === undefined ? null : daysBetween(asOf, lastDay(shutdown));
  if (shutdown === undefined || days === null) return [];
  const instead = replacement === undefined ? '' : `, instead: ${replacement}`;
  const sdks = packages.map((name) => name.slice(name.indexOf(':') + 1));
  return [{ label: `${service} (${shutdown}${instead})`, state, days, features, sdks, whole }];
}

function modelFact(found: ModelMatch): ModelFact | null {
  const family = found.family;
  return {
    family: family?.id ?? null,
    maker: found.maker ?? family?.maker ?? null,
    origin: family?.country ?? null,
    snapshot: family !== undefined && !hasDate(found.bare) && floats(family, found.bare),
  };
}

function regionFact(catalog: Catalog, cloud: string, id: string): RegionFact | null {
  const found = catalog.region(cloud, id);
  if (found === undefined) return null;
  const risk = found.risk;
  return {
    name: found.name,
    country: found.country,
    jurisdiction: found.jurisdiction,
    pair: found.pair ?? null,
    risk: risk === undefined ? null : { event: risk.event, state: risk.state, date: risk.date, source: risk.source },
  };
}

function floats(family: ModelFamily, bare: string): boolean {
  const lower = bare.toLowerCase();
  return family.floating.includes(lower) || family.examples.some((example) => isSnapshot(example, bare));
}

/** gpt-4o-2024-08-06 is a snapshot of gpt-4o; gpt-4o-mini-2024-07-18 is none. */
function isSnapshot(example: string, bare: string): boolean {
  return example.startsWith(bare) && /^[-@]?\d{4}-?\d{2}-?\d{2}/.test(example.slice(bare.length));
}

function hasDate(id: string): boolean {
  return /\d{4}-?\d{2}-?\d{2}/.test(id);
}
