/** One gateway configuration as a whole. */
import type { GatewayConfig } from '../model/gateway-config.ts';
import type { Declaration } from '../model/observed.ts';
import type { GatewayModel } from '../model/resolved.ts';
import type { Scope } from './value.ts';
import type { World } from './world.ts';

/** A declaration and the file it stands in. */
export type FileDeclaration = Declaration & { readonly path: string };

/** The declarations of one format in one file, or in one folder where the format spreads over files. */
export interface ConfigFile {
  readonly world: World;
  readonly config: GatewayConfig;
  readonly declarations: readonly FileDeclaration[];
  readonly place: Omit<GatewayModel, 'kind' | 'path' | 'at' | 'name' | 'asked' | 'facets' | 'class' | 'mechanism' | 'provider'>;
  readonly scopeOf: (path: string) => Scope;
}
