import type { Each } from '../model/rule.ts';
import { always, type FieldTable } from './field.ts';
import { COMMON } from './fields/every.ts';
import { CAPABILITY, FALLBACK, LEG, ROUTE } from './fields/routes.ts';
import { CLIENT, GATEWAY, LAYER, MODEL, NODE, PACKAGE, REGION, RESOURCE, STORE, WORKLOAD } from './fields/things.ts';

/** Every element with its documented fields: the CEL type environment is built from this. */
export const FIELDS = {
  capability: CAPABILITY,
  leg: LEG,
  route: { ...COMMON, ...ROUTE, primary: always('flag', 'Primary route of a leg.') },
  fallback: FALLBACK,
  client: CLIENT,
  store: STORE,
  gateway: GATEWAY,
  workload: WORKLOAD,
  node: NODE,
  layer: LAYER,
  package: PACKAGE,
  model: MODEL,
  region: REGION,
  resource: RESOURCE,
} as const satisfies Record<Each, FieldTable>;
