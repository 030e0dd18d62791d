/** A configuration of a gateway that stands in the code which calls it. */
import type { Declaration } from '../model/observed.ts';
import type { GatewayModel } from '../model/resolved.ts';
import { argumentAt } from './arguments.ts';
import { contextOf } from './contexts.ts';
import { withHeaders } from './facets.ts';
import type { ConfigFile } from './gateway-file.ts';
import { modelsOf } from './gateway-models.ts';
import type { Made } from './value.ts';
import type { World } from './world.ts';

/** The ways that the options of a client describe, the latest word first; none where the console keeps them. */
export function inlineRoutes(world: World, made: readonly Made[], gateway: string | undefined): readonly GatewayModel[] {
  const config = [...world.catalog.configs.values()].find((one) => gateway !== undefined && one.gateway === gateway);
  const [block] = config?.routes ?? [];
  if (!config || !block || gateway === undefined) return [];
  for (const { meaning, args, scope } of withHeaders(world, made).toReversed()) {
    for (const path of meaning.sets?.route ?? []) {
      const value = argumentAt(world, path, args, scope);
      if (value?.kind !== 'record') continue;
      const { path: at } = value.scope.module;
      const format = config.id as Declaration['format'];
      const file: ConfigFile = {
        world,
        config,
        declarations: [{ block: block.block, format, labels: [], body: value.expr, at: value.expr.at, path: at }],
        place: { format, gateway, context: contextOf(at), workload: '.' },
        scopeOf: () => value.scope,
      };
      return modelsOf(file);
    }
  }
  return [];
}
