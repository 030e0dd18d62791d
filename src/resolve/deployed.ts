/** Containers, projects and workers that configuration deploys -> resources, beside those of infrastructure as code. */
import type { GatewayConfig } from '../model/gateway-config.ts';
import type { Declaration } from '../model/observed.ts';
import type { Reading } from '../model/reading.ts';
import type { Resource } from '../model/resolved.ts';
import type { Expr } from '../model/source.ts';
import { configReadings, itemsAt, plainTextsAt } from './config-paths.ts';
import { contextOf } from './contexts.ts';
import { attributesOf, resourcesOf } from './infrastructure.ts';
import { folderOf } from './locate.ts';
import { EMPTY_UNIT, type Placed } from './terraform.ts';
import type { Scope } from './value.ts';
import { byCodePoint, moduleOf, type World } from './world.ts';

/** Objects that hold values for others. */
const HOLDERS = /^(?:ConfigMap|Secret)$/;

/** All resources of the tree. */
export function infrastructureOf(
  world: World,
  placed: readonly Placed[],
  workloadOf: (path: string) => string,
): readonly Resource[] {
  const deployed = placed.flatMap(({ path, declaration }): readonly Resource[] => {
    const config = world.catalog.configs.get(declaration.format);
    if (!config || config.gateway !== undefined || !isLast(config, { path, declaration }, placed)) return [];
    const scope: Scope = { module: moduleOf(path, EMPTY_UNIT) };
    const base = { context: contextOf(path), workload: workloadOf(path), providerRegion: [], references: [] };
    const described: Described = { world, config, path, declaration, scope, base };
    return [...servicesOf(described), ...wholeOf(described)];
  });
  return [...resourcesOf(world, placed, workloadOf), ...deployed];
}

/** Earlier stages of a build are gone when it runs. */
function isLast(config: GatewayConfig, { path, declaration }: Placed, placed: readonly Placed[]): boolean {
  const service = config.services.find((one) => one.block === declaration.block);
  if (!service?.last) return true;
  const same = placed.filter((one) => one.path === path && one.declaration.block === declaration.block);
  return same.at(-1)?.declaration === declaration;
}

interface Described {
  readonly world: World;
  readonly config: GatewayConfig;
  readonly path: string;
  readonly declaration: Declaration;
  readonly scope: Scope;
  readonly base: Pick<Resource, 'context' | 'workload' | 'providerRegion' | 'references'>;
}

/** Each container with the image it runs, like the services of compose. */
function servicesOf({ world, config, path, declaration, scope, base }: Described): readonly Resource[] {
  return config.services.flatMap((service) => {
    if (service.block !== declaration.block) return [];
    const containers = service.at === undefined ? [declaration.body] : itemsAt(declaration.body, service.at);
    return containers.flatMap((body): readonly Resource[] => {
      const image = configReadings(world, body, { paths: service.image, scope });
      if (!image.length) return [];
      const command = (service.command ?? []).flatMap((at) => configReadings(world, body, { paths: [at], scope }));
      return [
        {
          ...base,
          path,
          at: { path, ...body.at },
          format: declaration.format,
          block: 'service',
          type: 'service',
          name: nameOf(path, declaration, body),
          attributes: {
            ...environmentOf(attributesOf(world, body, scope)),
            image,
            ...(command.length ? { command } : {}),
          },
        },
      ];
    });
  });
}

/** Other services call a workload by its own name; what has none is called like its folder. */
function nameOf(path: string, { labels, format }: Declaration, body: Expr): string {
  const folder = folderOf(path);
  const own = format === 'kubernetes' ? (labels[1] ?? plainTextsAt(body, 'name')[0]) : undefined;
  return own ?? folder.slice(folder.lastIndexOf('/') + 1);
}

function environmentOf(attributes: Resource['attributes']): Record<string, readonly Reading[]> {
  const entries = Object.entries(attributes).filter(([path]) => /^env(?:\.|$)|^extraEnv\w*\./.test(path));
  return Object.fromEntries(entries.sort(([a], [b]) => byCodePoint(a, b)));
}

/** What is deployed as a whole, and what holds values for others. */
function wholeOf({ world, config, path, declaration, scope, base }: Described): readonly Resource[] {
  const [type = '', name = type] = declaration.labels;
  const isHolder = HOLDERS.test(type);
  if (config.cloud === undefined && !isHolder) return [];
  return [
    {
      ...base,
      path,
      at: { path, ...declaration.at },
      format: declaration.format,
      block: declaration.block,
      type: isHolder ? type : declaration.format,
      name,
      attributes: attributesOf(world, declaration.body, scope),
    },
  ];
}
