/** Resources that tell a gateway where to send requests -> what it serves: its backends, their pools, and what its policies name. */
import type { Declaration } from '../model/observed.ts';
import type { Reading } from '../model/reading.ts';
import type { GatewayEntry, GatewayModel } from '../model/resolved.ts';
import type { Forwards } from '../model/resource-type.ts';
import type { Expr } from '../model/source.ts';
import { configReadings, itemsAt, plainTextsAt, valuesAt } from './config-paths.ts';
import { contextOf } from './contexts.ts';
import { referencesIn } from './infrastructure.ts';
import { policyOf } from './policies.ts';
import { foldersOf, type Placed, scopeMaker } from './terraform.ts';
import type { Scope } from './value.ts';
import type { World } from './world.ts';

const FORMAT: Declaration['format'] = 'terraform';
const DEPTH = 8;

/** A resource of one folder that a gateway reads. */
interface Forwarding extends Placed {
  readonly forwards: Forwards;
  readonly body: Expr;
}

interface Folder {
  readonly world: World;
  readonly gateway: string;
  readonly all: readonly Placed[];
  readonly forwarding: readonly Forwarding[];
  readonly scopeAt: (path: string) => Scope;
  readonly workload: string;
}

/** What a name of the gateway leads to. */
interface Group {
  readonly name: string;
  readonly models: readonly GatewayModel[];
}

/** What all such resources of the tree say, folder by folder. */
export function resourceGateways(
  world: World,
  placed: readonly Placed[],
  workloadOf: (path: string) => string,
): readonly GatewayEntry[] {
  const own = placed.filter(({ declaration }) => declaration.format === FORMAT);
  const folders = foldersOf(own);
  const scopeAt = scopeMaker(world, folders);
  return [...folders.values()].flatMap(({ placed: all }) => {
    const forwarding = all.flatMap((one) => forwardingOf(world, one));
    const [first] = forwarding;
    if (!first) return [];
    const { gateway } = first.forwards;
    return entriesOf({ world, gateway, all, forwarding, scopeAt, workload: workloadOf(first.path) });
  });
}

function forwardingOf({ catalog }: World, { path, declaration }: Placed): readonly Forwarding[] {
  if (declaration.block !== 'resource') return [];
  const forwards = catalog.resource(FORMAT, declaration.labels[0] ?? '')?.forwards;
  const body = forwards && decoded(declaration.body, 0);
  if (!forwards || !body) return [];
  const { when } = forwards;
  const isMeant = !when || plainTextsAt(body, when.attribute).some((text) => text.startsWith(when.starts));
  return isMeant ? [{ path, declaration, forwards, body }] : [];
}

/** `jsonencode({ … })` is what it encodes. */
function decoded(expr: Expr, depth: number): Expr {
  if (expr.kind === 'call' && expr.callee.kind === 'name' && expr.callee.name === 'jsonencode')
    return expr.args[0]?.value ?? expr;
  if (expr.kind !== 'record' || depth > DEPTH) return expr;
  return { ...expr, entries: expr.entries.map((entry) => ({ ...entry, value: decoded(entry.value, depth + 1) })) };
}

function entriesOf(folder: Folder): readonly GatewayEntry[] {
  const { world, forwarding, scopeAt } = folder;
  const policy = policyOf(
    world,
    forwarding.filter(({ forwards }) => forwards.policy !== undefined),
    scopeAt,
  );
  const groups = groupsOf(folder, policy.retries).filter(({ models }) => models.some((model) => isAI(model)));
  const named = groups.filter(({ name }) => policy.names.includes(name));
  const models = (named.length ? named : groups).flatMap((group) => group.models);
  const [head] = models;
  if (!head) return [];
  // One gateway is one configuration, over how many files it is spread.
  const entries: readonly GatewayModel[] = models.map((model) => ({ ...model, path: head.path, context: head.context }));
  if (policy.isPlain && policy.names.length) return entries;
  const { format, gateway, context, workload, path, at } = head;
  const why = 'policies that no file here shows decide where a request goes';
  return [...entries, { format, gateway, context, workload, path, at, kind: 'opaque', why }];
}

function isAI({ provider, facets }: GatewayModel): boolean {
  return provider !== undefined || (facets.baseUrl?.some(({ text }) => text !== undefined) ?? false);
}

/** Pools with their members, then the backends that stand in none. */
function groupsOf(folder: Folder, retries: boolean): readonly Group[] {
  const backends = folder.forwarding.filter(({ forwards, body }) => forwards.url.some((path) => valuesAt(body, path).length));
  const pooled = new Set<Forwarding>();
  const pools = folder.forwarding.flatMap((pool): readonly Group[] => {
    const { list, id = '', priority = '' } = pool.forwards.pool ?? {};
    const items = list === undefined ? [] : itemsAt(pool.body, list);
    const members = items.flatMap((item) => {
      const backend = backends.find((one) => isMeantBy(folder, one, valuesAt(item, id)[0]));
      return backend ? [{ backend, order: plainTextsAt(item, priority)[0] ?? '' }] : [];
    });
    if (!members.length) return [];
    for (const { backend } of members) pooled.add(backend);
    const isRanked = new Set(members.map(({ order }) => order)).size > 1;
    const tried = members.toSorted((a, b) => Number(a.order) - Number(b.order));
    // Nothing tells the gateway that the first is down but its breaker, and nothing tries another one but a policy.
    const moves = retries || tried.slice(0, 1).some(({ backend }) => hasBreaker(backend));
    const way = {
      class: moves ? ('auto' as const) : ('manual' as const),
      mechanism: isRanked ? 'priority of backends' : 'pool of backends',
    };
    const name = nameOf(folder, pool);
    return [{ name, models: tried.map(({ backend }) => ({ ...modelOf(folder, backend), ...way, name })) }];
  });
  const alone = backends
    .filter((backend) => !pooled.has(backend))
    .map((backend) => ({ name: nameOf(folder, backend), models: [modelOf(folder, backend)] }));
  return [...pools, ...alone];
}

function hasBreaker({ forwards, body }: Forwarding): boolean {
  return forwards.breaker.some((path) => valuesAt(body, path).length > 0);
}

/** By a reference to the resource, or by its name at the end of an id. */
function isMeantBy(folder: Folder, backend: Forwarding, id: Expr | undefined): boolean {
  if (!id) return false;
  const [type = '', label = ''] = backend.declaration.labels;
  if (referencesIn(id).has(`${type}.${label}`)) return true;
  return id.kind === 'text' && id.text.split('/').at(-1) === nameOf(folder, backend);
}

function nameOf({ world, scopeAt }: Folder, { path, body, declaration }: Forwarding): string {
  const [name] = configReadings(world, body, { paths: ['name'], scope: scopeAt(path) });
  return name?.text ?? declaration.labels.join('.');
}

/** One backend: its host, or the account of this folder whose address it takes. */
function modelOf(folder: Folder, backend: Forwarding): GatewayModel {
  const { world, gateway, workload, scopeAt } = folder;
  const { path, body, declaration, forwards } = backend;
  const written = forwards.url.flatMap((one) => valuesAt(body, one));
  const readings = configReadings(world, body, { paths: forwards.url, scope: scopeAt(path) });
  const account = written.flatMap((expr) => accountsIn(folder, expr))[0];
  const known = readings.filter(({ text }) => text !== undefined && isAIHost(world, text));
  const lost: Reading = { why: 'not-followed', how: 'unknown', env: [], confidence: 0.6, trail: [] };
  const facets = {
    ...(account ? {} : { baseUrl: known.length ? known : [lost] }),
    ...(account?.region.length ? { region: account.region } : {}),
  };
  return {
    ...{ kind: 'model', path, at: { path, ...declaration.at }, format: FORMAT, gateway, context: contextOf(path), workload },
    ...{ name: nameOf(folder, backend), asked: 'route', class: 'manual', mechanism: 'route' },
    ...(account ? { provider: account.provider } : {}),
    facets,
  } as const;
}

function isAIHost({ catalog }: World, url: string): boolean {
  const provider = catalog.endpoint(url, [])?.provider;
  return provider !== undefined && provider.kind !== 'open-ended';
}

interface Account {
  readonly provider: string;
  readonly region: readonly Reading[];
}

/** `azurerm_cognitive_account.north.endpoint`: whose account that is, and where it stands. */
function accountsIn({ world, all, scopeAt }: Folder, expr: Expr): readonly Account[] {
  const references = referencesIn(expr);
  return all.flatMap(({ path, declaration: { block, labels, body } }) => {
    const [kind = '', label = ''] = labels;
    if (block !== 'resource' || !references.has(`${kind}.${label}`)) return [];
    const type = world.catalog.resource(FORMAT, kind);
    const scope = scopeAt(path);
    const said = type?.by && configReadings(world, body, { paths: [type.by.attribute], scope })[0]?.text;
    const provider = said === undefined ? type?.provider : type?.by?.providers[said];
    if (type?.layer !== 'endpoint' || provider === undefined) return [];
    return [{ provider, region: configReadings(world, body, { paths: type.region, scope }) }];
  });
}
