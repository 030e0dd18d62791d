/** The constants of score model 1. Whoever changes one changes what every published score means. */

/** The five layers that carry the score. */
export const SCORED = ['operator', 'maker', 'cloud', 'region', 'jurisdiction'] as const;

/** Layers that serve the layer table and what-if, never the score. */
export const UNSCORED = ['sdk', 'model', 'gateway', 'virtualization', 'host'] as const;

export const LAYERS = [...SCORED, ...UNSCORED] as const;

export type Layer = (typeof LAYERS)[number];

/** Layers that must be known for a capability to count as covered: hosting is so seldom public that cloud would drown the figure. */
export const COVERED = ['operator', 'maker', 'region', 'jurisdiction'] as const satisfies readonly Layer[];

/** Weight of each dimension in the value. */
export const DIMENSIONS = { concentration: 0.3, lockIn: 0.25, region: 0.2, jurisdiction: 0.15, lifecycle: 0.1 } as const;

export type Dimension = keyof typeof DIMENSIONS;

/** Weight of each layer in the dimension concentration. */
export const CONCENTRATION = { operator: 0.4, maker: 0.3, cloud: 0.3 } as const satisfies Partial<Record<Layer, number>>;

/** How much a capability matters to its owner. */
export const CRITICALITY = { critical: 3, important: 2, standard: 1, experimental: 0.25 } as const;

/** How much the place of the code matters. */
export const CONTEXT = { production: 1, tooling: 0.25, test: 0, docs: 0, example: 0, generated: 0 } as const;

/** How far the evidence for a fallback can be trusted. */
export const KAPPA = { tested: 0.95, auto: 0.75, manual: 0.35, dead: 0 } as const;

/** How much of an operator dies with a cloud, by what is known of their relation. */
export const RELATION = { sole: 1, primary: 0.6, named: 0.4 } as const;

/** k of a region node where nothing pins the region. */
export const SPREAD_REGION = 0.4;

/** The worst capability, taken alone, sets a floor under each dimension. */
export const FLOOR = 0.5;

/** How much of the lock-in a proven portable fallback takes away. */
export const PORTABILITY = 0.5;

/** Below this coverage nobody gets an A. */
export const LOW_COVERAGE = 0.6;

/** Builds something for each of the five layers that carry the score. */
export function forEachScored<T>(of: (layer: (typeof SCORED)[number]) => T): Record<(typeof SCORED)[number], T> {
  return {
    operator: of('operator'),
    maker: of('maker'),
    cloud: of('cloud'),
    region: of('region'),
    jurisdiction: of('jurisdiction'),
  };
}

/** Builds something for each of the ten layers. */
export function forEachLayer<T>(of: (layer: Layer) => T): Record<Layer, T> {
  return {
    ...forEachScored(of),
    sdk: of('sdk'),
    model: of('model'),
    gateway: of('gateway'),
    virtualization: of('virtualization'),
    host: of('host'),
  };
}

/** Builds something for each of the five dimensions. */
export function forEachDimension<T>(of: (dimension: Dimension) => T): Record<Dimension, T> {
  return {
    concentration: of('concentration'),
    lockIn: of('lockIn'),
    region: of('region'),
    jurisdiction: of('jurisdiction'),
    lifecycle: of('lifecycle'),
  };
}
