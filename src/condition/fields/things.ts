import { always, type FieldTable, maybe } from '../field.ts';
import { COMMON, FEATURES } from './every.ts';

/** Fields of the construction of a client. */
export const CLIENT = {
  ...COMMON,
  provider: maybe('text', 'Provider id.'),
  providerName: maybe('text', 'Its name.'),
  cloud: maybe('text', 'Cloud the provider is a service of.'),
  sdk: maybe('text', 'SDK.'),
  region: maybe('text', 'Region as resolved.'),
  regionHow: always('text', 'literal, constant, env-default, …, sdk-default, unknown or none.'),
  baseUrlHow: always('text', 'The same for the base URL.'),
  modelHow: always('text', 'The same for the model.'),
  apiVersion: maybe('text', 'API version it names.'),
} as const satisfies FieldTable;

/** Fields of a vector store. */
export const STORE = {
  ...COMMON,
  provider: always('text', 'Provider id of the store.'),
  hosted: always('flag', 'Run by its vendor.'),
  region: maybe('text', 'Region it lies in.'),
  operation: always('text', 'Operation of the leg that uses it.'),
} as const satisfies FieldTable;

/** Fields of a gateway. */
export const GATEWAY = {
  ...COMMON,
  name: always('text', 'Name of the gateway.'),
  deployment: always('text', 'hosted, self-hosted or unknown.'),
  behind: always('list', 'Providers behind it.'),
  routes: always('number', 'Routes of weighted capabilities through it.'),
  bypass: always('number', 'Routes of weighted capabilities around it.'),
  fallbacks: always('number', 'Fallbacks with credit on the legs it carries.'),
} as const satisfies FieldTable;

/** Fields of a workload. */
export const WORKLOAD = {
  ...COMMON,
  path: always('text', 'Folder.'),
  kind: always('text', 'What makes it a workload: npm, terraform, …'),
  hostClouds: always('list', 'Clouds it runs on.'),
  hostRegions: always('list', 'Regions it runs in, by its host and its zonal resources.'),
  virtualization: always('list', 'Hypervisors it runs on.'),
  zones: always('list', 'Availability zones its resources name.'),
  directModules: always('number', 'Production modules that call a provider without an abstraction.'),
  packages: always('number', 'AI packages that its manifests declare for production and its code uses.'),
  manifests: always('list', 'Those manifests.'),
  locked: always('flag', 'A lockfile pins at least one of them.'),
} as const satisfies FieldTable;

/** Fields of a node of the graph; nodes of one owner are one element. */
export const NODE = {
  ...COMMON,
  layer: always('text', 'Layer of the node.'),
  name: always('text', 'Its name, or its owner group.'),
  members: always('list', 'Node ids it stands for.'),
  exposure: maybe('share', 'Share of the weight lost when it fails; null before measuring.'),
  operators: always('list', 'Operators of the primary routes through it.'),
  foreign: maybe('flag', 'A jurisdiction outside home; null for other layers or without home.'),
} as const satisfies FieldTable;

/** Fields of a layer. */
export const LAYER = {
  ...COMMON,
  layer: always('text', 'Name of the layer.'),
  exposureNorm: maybe('share', 'Root of the summed squares of exposure; null before measuring.'),
  hhi: maybe('number', 'Herfindahl-Hirschman index of the primaries.'),
  effective: maybe('number', 'Effective number of suppliers.'),
  unknownShare: maybe('share', 'Share nobody could resolve.'),
  nodes: always('number', 'Nodes in the layer.'),
  top: maybe('text', 'Name of the most exposed node.'),
} as const satisfies FieldTable;

/** Fields of a declared package. */
export const PACKAGE = {
  ...COMMON,
  ecosystem: always('text', 'npm, pypi, …'),
  name: always('text', 'Package name.'),
  version: maybe('text', 'Locked version.'),
  range: always('text', 'Range as written.'),
  role: always('text', 'sdk, adapter, framework, gateway, vector-store, …'),
  group: always('text', 'runtime, dev, peer, optional or locked.'),
  manifest: always('text', 'Manifest that declares it.'),
  used: always('flag', 'Code imports it.'),
  locked: always('flag', 'A lockfile pins it.'),
  unbounded: always('flag', 'The range has no upper bound.'),
  deprecated: always('flag', 'Its publisher gave it up.'),
  replacement: maybe('text', 'What replaces it.'),
  held: maybe('text', 'Version that is installed: locked, or pinned by the manifest.'),
  compromised: maybe('text', 'Advisory that says this version carried harmful code.'),
  compromisedNote: maybe('text', 'What it did.'),
  cleanSince: maybe('text', 'First version known to be clean again.'),
  outdated: maybe('text', 'What is old in every version that the manifest and the lockfile let in.'),
  outdatedReplacement: maybe('text', 'What to move to.'),
  providers: always('list', 'Providers it speaks to.'),
} as const satisfies FieldTable;

/** Fields of a model. */
export const MODEL = {
  ...COMMON,
  maker: maybe('text', 'Who made it.'),
  origin: maybe('text', 'Country of the maker.'),
  family: maybe('text', 'Model family.'),
  openWeights: maybe('flag', 'The weights are open.'),
  operators: always('list', 'Operators it is called at.'),
} as const satisfies FieldTable;

/** Fields of a region. */
export const REGION = {
  ...COMMON,
  cloud: always('text', 'Cloud.'),
  region: always('text', 'Region id.'),
  country: maybe('text', 'Country it lies in.'),
  roles: always('list', 'endpoint, deploy, state, data, table.'),
  pair: maybe('text', 'Paired region of the cloud.'),
  exposure: maybe('share', 'Share of the weight lost when it fails.'),
  riskEvent: maybe('text', 'Dated event that raises the risk of the region.'),
  riskState: maybe('text', 'State of that event.'),
  riskDate: maybe('text', 'Date of the source.'),
  riskSource: maybe('text', 'Source of the event.'),
} as const satisfies FieldTable;

/** Fields of a resource of infrastructure. */
export const RESOURCE = {
  ...COMMON,
  ...FEATURES,
  resourceType: always('text', 'Type as the tool writes it.'),
  name: always('text', 'Name as the file writes it.'),
  layer: always('text', 'model, endpoint, agent, knowledge-base, store, compute, state, …'),
  provider: maybe('text', 'Provider id.'),
  cloud: maybe('text', 'Cloud.'),
  region: maybe('text', 'Region it lies in: aws:me-central-1.'),
  sku: maybe('text', 'SKU.'),
  replicated: always('flag', 'Copied to another region.'),
  zones: always('list', 'Availability zones it names.'),
} as const satisfies FieldTable;
