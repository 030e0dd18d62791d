import type { TableName } from './compiled.ts';

/** What an entry says where the file is silent: lists are empty, flags are false. */
export const DEFAULTS: { readonly [K in TableName]: Readonly<Record<string, unknown>> } = {
  providers: {
    status: 'active',
    hosts: [],
    hostPatterns: [],
    paths: [],
    env: [],
    envWords: [],
    ports: [],
    images: [],
    compatible: false,
    hostedOn: [],
    residency: [],
    selfHosted: false,
  },
  clouds: {},
  regions: { aliases: [] },
  families: { words: [], priority: 0, ambiguous: false },
  prefixes: {},
  retirements: { aliases: [], precision: 'exact' },
  scopes: { destinations: [] },
  packages: { providers: [], imports: [] },
  features: { providers: [] },
  resources: { region: [], model: [], sku: [], env: [] },
  surfaces: { modules: [], exports: {}, globals: {}, shapes: {} },
  configs: {
    asked: 'model',
    routes: [],
    pools: [],
    fallbacks: [],
    narrowed: [],
    inactive: [],
    aliases: [],
    environment: [],
    opaque: [],
    providers: {},
    services: [],
    host: [],
    bindings: [],
    defaults: {},
  },
  rules: { references: [], maps: [] },
  scenarios: {},
};

/** Tables whose entries are facts: each needs a source and a date. */
export const SOURCED: ReadonlySet<TableName> = new Set<TableName>([
  'providers',
  'clouds',
  'regions',
  'families',
  'prefixes',
  'retirements',
  'scopes',
  'packages',
  'features',
  'resources',
  'surfaces',
  'configs',
]);

/** Fields that hold facts with a provenance of their own, whose `verified` may be left out too. */
export const OWN_PROVENANCE: readonly string[] = ['hq', 'owner', 'retired', 'contracts', 'hostedOn', 'residency', 'risk'];
