import type { Surface } from '../model/surface.ts';
import type { CompiledPack } from './compiled.ts';

interface Reference {
  /** Who refers: `provider aws-bedrock: cloud`. */
  readonly from: string;
  readonly to: string;
  readonly table: 'provider' | 'cloud' | 'feature' | 'shape';
}

/** References that lead nowhere, as sentences, sorted. */
export function brokenReferences(pack: CompiledPack): readonly string[] {
  const known = {
    provider: new Set(pack.providers.map((provider) => provider.id)),
    cloud: new Set(pack.clouds.map((cloud) => cloud.id)),
    feature: new Set(pack.features.map((feature) => feature.id)),
    shape: new Set<string>(),
  };
  const broken = [
    ...factReferences(pack),
    ...resourceReferences(pack),
    ...configReferences(pack),
    ...pack.surfaces.flatMap(surfaceReferences),
  ].filter(({ to, table }) => !known[table].has(to));
  return [...new Set(broken.map(({ from, to, table }) => `${from}: no ${table} "${to}"`))].sort();
}

function factReferences(pack: CompiledPack): readonly Reference[] {
  const found: Reference[] = [];
  const to = (table: Reference['table'], from: string, id: string | undefined): void => {
    if (id !== undefined) found.push({ from, to: id, table });
  };
  for (const provider of pack.providers) {
    const from = `provider ${provider.id}`;
    to('cloud', `${from}: cloud`, provider.cloud);
    to('provider', `${from}: retired: successor`, provider.retired?.successor);
    to('provider', `${from}: deploys`, provider.deploys);
    for (const { cloud } of provider.hostedOn) to('cloud', `${from}: hostedOn`, cloud);
    for (const id of Object.values(provider.firstParty ?? {})) to('provider', `${from}: firstParty`, id);
    for (const id of Object.values({ ...provider.upstreams?.names, ...provider.upstreams?.hosts }))
      to('provider', `${from}: upstreams`, id);
  }
  for (const region of pack.regions) to('cloud', `region ${region.cloud} ${region.id}`, region.cloud);
  for (const family of pack.families) to('provider', `family ${family.id}: maker`, family.maker);
  for (const prefix of pack.prefixes) to('provider', `prefix ${prefix.prefix}`, prefix.provider);
  for (const maker of pack.makers) to('provider', `maker ${maker.name}`, maker.provider);
  for (const retirement of pack.retirements)
    to('provider', `retirement ${retirement.operator} ${retirement.model}`, retirement.operator);
  for (const scope of pack.scopes) to('provider', `scope ${scope.provider} ${scope.token}`, scope.provider);
  for (const item of pack.packages) for (const id of item.providers) to('provider', `package ${item.ecosystem} ${item.name}`, id);
  for (const feature of pack.features) for (const id of feature.providers) to('provider', `feature ${feature.id}`, id);
  for (const tool of pack.tools) for (const id of tool.providers) to('provider', `tool ${tool.id}`, id);
  for (const { id, provider, features } of pack.services) {
    to('provider', `service ${id}`, provider);
    for (const feature of features) to('feature', `service ${id}`, feature);
  }
  for (const { provider } of pack.notices) to('provider', 'notice', provider);
  return found;
}

function resourceReferences(pack: CompiledPack): readonly Reference[] {
  return pack.resources.flatMap((resource) => {
    const from = `resource ${resource.tool} ${resource.type}`;
    const { cloud, provider, feature, by, forwards } = resource;
    return [
      ...(forwards === undefined ? [] : [{ from, to: forwards.gateway, table: 'provider' as const }]),
      ...Object.values(by?.providers ?? {}).map((to) => ({ from, to, table: 'provider' as const })),
      ...(cloud === undefined ? [] : [{ from, to: cloud, table: 'cloud' as const }]),
      ...(provider === undefined ? [] : [{ from, to: provider, table: 'provider' as const }]),
      ...(feature === undefined ? [] : [{ from, to: feature, table: 'feature' as const }]),
    ];
  });
}

function configReferences(pack: CompiledPack): readonly Reference[] {
  return pack.configs.flatMap(({ id, gateway, cloud, providers, routes, bindings }) => {
    const from = `config ${id}`;
    const variants = routes.flatMap((route) => (route.variants ?? []).map(({ provider }) => provider));
    const named = [gateway ?? [], Object.values(providers), variants, bindings.map(({ provider }) => provider)].flat();
    return [
      ...named.map((to) => ({ from, to, table: 'provider' as const })),
      ...(cloud === undefined ? [] : [{ from, to: cloud, table: 'cloud' as const }]),
    ];
  });
}

function surfaceReferences(surface: Surface): readonly Reference[] {
  const found: Reference[] = [];
  const from = `surface ${surface.id}`;
  const shape = (where: string, name: string): void => {
    if (name !== '$receiver' && !Object.hasOwn(surface.shapes, name))
      found.push({ from: `${from}: ${where}`, to: name, table: 'shape' });
  };
  for (const [name, target] of Object.entries({ ...surface.exports, ...surface.globals, ...surface.bindings }))
    shape(name, target);
  for (const [name, { members, call }] of Object.entries(surface.shapes)) {
    for (const [member, target] of Object.entries(members ?? {})) shape(`${name}.${member}`, target);
    if (!call) continue;
    if (call.returns !== undefined) shape(`${name}: returns`, call.returns);
    if (call.each) shape(`${name}: each`, call.each.as);
    for (const one of call.otherwise ?? []) if (one.shape !== undefined) shape(`${name}: otherwise`, one.shape);
    const providers = [
      call.operator,
      call.gateway,
      call.through?.gateway,
      call.store,
      call.weights,
      call.textModel?.operator,
      call.textModel?.gateway,
    ];
    for (const { operator, gateway, store } of call.when ?? []) providers.push(operator, gateway, store);
    for (const id of providers) if (id !== undefined) found.push({ from: `${from}: ${name}`, to: id, table: 'provider' });
    for (const id of [...(call.features ?? []), ...Object.values(call.options ?? {})]) {
      found.push({ from: `${from}: ${name}`, to: id, table: 'feature' });
    }
  }
  return found;
}
