/** observe ⇄ resolve: parse what holds a catalog word, follow what it imports, bind what its callers pass, until nothing is asked. */
import type { SourceFile } from '../model/collected.ts';
import type { Config } from '../model/config.ts';
import type { Observed } from '../model/observed.ts';
import type { ModelString, Resolved, Use } from '../model/resolved.ts';
import type { BlockId } from '../model/source.ts';
import { askedLists } from './asked-lists.ts';
import { codeEnvironment } from './code-environment.ts';
import { configurationLookup } from './configuration.ts';
import { contextOf } from './contexts.ts';
import { infrastructureOf } from './deployed.ts';
import { type Foundation, foundation } from './foundation.ts';
import { gatewaysOf } from './gateways.ts';
import { folderOf, locate } from './locate.ts';
import { turns } from './once.ts';
import { packageUses } from './packages.ts';
import { pairingsOf } from './requests.ts';
import { resourceGateways } from './resource-gateways.ts';
import { observeAll, type Parsing, settle } from './settle.ts';
import type { Sites } from './sites.ts';
import { sparesOf } from './spares.ts';
import { storyOf, togetherOf } from './story.ts';
import { unreachedIn } from './unreached.ts';
import { type LooseUse, usesOf } from './uses.ts';
import { parentOf } from './value.ts';
import { byCodePoint, languageOf, moduleOf, surfacesOf, type World } from './world.ts';

export interface ResolveInput extends Parsing {
  readonly files: readonly SourceFile[];
  readonly config: Pick<Config, 'workloads' | 'declared'>;
}

const LOCKFILES =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|pylock\.toml)$/i;

/** Runs the loop and hands over what the code says, in a total order. */
export async function resolve(input: ResolveInput): Promise<Resolved> {
  const observed = new Map<string, Observed>();
  await observeAll(
    input,
    observed,
    input.files.filter((file) => file.hit).map((file) => file.path),
  );
  const base = foundation(input, observed);
  const world = worldOf(input, observed, base);
  const { sites, asked } = await settle(input, world, observed);
  return assemble(input, { world, observed, base, sites, asked });
}

function worldOf(input: ResolveInput, observed: ReadonlyMap<string, Observed>, base: Foundation): World {
  const modules = new Map(
    [...observed].flatMap(([path, file]) => (file.unit ? [[path, moduleOf(path, file.unit)] as const] : [])),
  );
  const located = new Map<string, string | undefined>();
  const world: World = {
    catalog: input.catalog,
    modules,
    locate: (from, specifier) => {
      const key = `${folderOf(from)} ${languageOf(from)}\n${specifier}`;
      if (!located.has(key)) located.set(key, locate(base.located, from, specifier));
      return located.get(key);
    },
    environment: () => [],
    programOf: (path) => (path.endsWith('.ipynb') ? path : base.workloads.of(path)),
    asked: new Set(),
    memo: new Map(),
    forNow: new Map(),
    frames: new Map(),
    turns: turns(),
    fuel: 0,
    depth: 0,
    missed: 0,
    unknown: new Map(),
  };
  const resources = infrastructureOf(world, base.placed, base.workloads.of);
  const environment = configurationLookup(
    { settings: base.settings, resources, declared: input.config.declared },
    base.workloads.of,
  );
  const whole: World = {
    ...world,
    environment: (name, from) => {
      const assigned = codeEnvironment(whole, name, from);
      return assigned.length ? assigned : environment(name, from);
    },
  };
  return whole;
}

interface Assembled {
  readonly world: World;
  readonly observed: ReadonlyMap<string, Observed>;
  readonly base: Foundation;
  readonly sites: Sites;
  readonly asked: number;
}

function assemble(input: ResolveInput, { world, observed, base, sites, asked }: Assembled): Resolved {
  const loose = [...usesOf(world, sites)].filter(isCalled).sort(byPlace);
  const story = storyOf(loose, sites);
  const together = togetherOf(loose, story);
  const uses: Use[] = loose.map(({ site: _site, ...use }, index) => ({
    ...use,
    workload: base.workloads.of(use.path),
    reaches: together[index] ?? [],
  }));
  const workloadOf = base.workloads.of;
  const isUnreached = unreachedIn(world, { sites, uses: loose });
  const modules = [...world.modules.values()].sort((a, b) => byCodePoint(a.path, b.path));
  return {
    uses,
    pairings: pairingsOf(world, { uses: loose, story, sites }),
    spares: sparesOf(world, sites, workloadOf),
    resources: infrastructureOf(world, base.placed, workloadOf),
    gateways: [...gatewaysOf(world, base.placed, workloadOf), ...resourceGateways(world, base.placed, workloadOf)],
    strings: modules.flatMap((module) => stringsOf(world, module, workloadOf).filter(({ use }) => !isUnreached(module, use))),
    packages: packageUses({
      observed,
      modules: world.modules,
      catalog: input.catalog,
      workloadOf,
      lockfiles: input.files.map((file) => file.path).filter((path) => LOCKFILES.test(path)),
    }),
    settings: base.settings,
    tools: [...observed].flatMap(([path, file]) => (file.tools ?? []).map((tool) => ({ ...tool, path }))),
    manifests: base.manifests,
    workloads: base.workloads.list,
    directives: modules.flatMap((module) =>
      module.unit.directives.map(({ at, ...rest }) => ({ ...rest, at: { path: module.path, ...at } })),
    ),
    imports: modules.flatMap((module) =>
      module.unit.imports.flatMap(({ module: specifier, at, typeOnly }) =>
        surfacesOf(world, specifier, module.path).map((surface) => ({
          surface,
          module: specifier,
          at: { path: module.path, ...at },
          context: contextOf(module.path),
          workload: workloadOf(module.path),
          typeOnly,
        })),
      ),
    ),
    unknown: Object.fromEntries([...world.unknown].sort(([a], [b]) => byCodePoint(a, b))),
    asked,
  };
}

function stringsOf(
  world: World,
  module: ReturnType<typeof moduleOf>,
  workloadOf: (path: string) => string,
): readonly ModelString[] {
  const { path } = module;
  const importers = importersIn(world);
  const asked = askedLists(module);
  return module.unit.strings
    .filter(({ role, key = '' }) => role !== 'element' || !asked.has(key))
    .map((use) => ({
      path,
      context: contextOf(path),
      workload: workloadOf(path),
      use,
      at: { path, ...use.at },
      imported: importers.has(path),
    }));
}

const imported = new WeakMap<World, ReadonlySet<string>>();

/** Files that production code imports. */
function importersIn(world: World): ReadonlySet<string> {
  const known = imported.get(world);
  if (known) return known;
  const found = new Set<string>();
  for (const module of world.modules.values()) {
    if (contextOf(module.path) !== 'production') continue;
    const specifiers = [
      ...module.unit.imports.filter((entry) => !entry.typeOnly).map((entry) => entry.module),
      ...module.unit.exports.flatMap(({ from }) => (from ? [from.module] : [])),
    ];
    for (const specifier of specifiers) {
      const path = world.locate(module.path, specifier);
      if (path) found.add(path);
    }
  }
  imported.set(world, found);
  return found;
}

/** Code that nobody can call makes no call. */
function isCalled({ site: { module }, block }: LooseUse): boolean {
  for (let id: BlockId | undefined = block; id !== undefined; id = parentOf(module, id))
    if (module.unit.blocks[id]?.unused) return false;
  return true;
}

function byPlace(a: LooseUse, b: LooseUse): number {
  return byCodePoint(a.path, b.path) || a.at.line - b.at.line || a.at.column - b.at.column || byCodePoint(a.api, b.api);
}
