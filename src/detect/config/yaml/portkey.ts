// https://portkey.ai/docs/api-reference/inference-api/config-object
import type { Declaration } from '../../../model/observed.ts';
import type { Expr } from '../../../model/source.ts';
import { entriesOf, entryOf, textOf, valueAt } from '../../../parse/record.ts';
import { declare, fixedLabel, itemsOf, type ReadTools, type YamlReader } from './reader.ts';

/** Configurations are kept alone, in lists, or under names: `{ configs: { reader-chat: {…} } }`. */
const MAX_DEPTH = 4;

/** A target without a strategy is a configuration as well; only the name of the file says that it is one. */
const TARGET_KEYS = ['provider', 'virtual_key', 'override_params', 'custom_host'];

interface Found {
  readonly route: Expr;
  readonly name?: Expr;
}

/** Gateway configurations of Portkey: a strategy over targets, which may be strategies themselves. */
export const portkey: YamlReader = {
  concerns: (text) => text.includes('strategy') && text.includes('targets') && text.includes('mode'),
  read: (document, tools) => portkeyRoutes(document, tools, isStrategy),
};

/** The outermost routes of a document. Nested targets stay in the body of their route. */
export function portkeyRoutes(document: Expr, tools: ReadTools, isRoute: (expr: Expr) => boolean): readonly Declaration[] {
  return routesIn({ route: document }, isRoute, 0).map(({ route, name }) =>
    declare({ block: 'route', format: 'portkey', labels: [name], body: route, at: route.at }, tools),
  );
}

/** A strategy and the targets it chooses from. */
export function isStrategy(expr: Expr): boolean {
  return itemsOf(valueAt(expr, 'targets')).length > 0 && textOf(valueAt(expr, 'strategy', 'mode')) !== undefined;
}

/** A strategy, or one target alone. */
export function isStrategyOrTarget(expr: Expr): boolean {
  return isStrategy(expr) || TARGET_KEYS.some((key) => entryOf(expr, key));
}

function routesIn(found: Found, isRoute: (expr: Expr) => boolean, depth: number): readonly Found[] {
  if (isRoute(found.route)) return [found];
  if (depth === MAX_DEPTH) return [];
  const named = textOf(valueAt(found.route, 'name')) === undefined ? found.name : valueAt(found.route, 'name');
  const parts: readonly Found[] = [
    ...itemsOf(found.route).map((route) => (named ? { route, name: named } : { route })),
    ...entriesOf(found.route).map(({ key, value, at }) => ({
      route: value,
      name: key === 'config' && named ? named : fixedLabel(key, at),
    })),
  ];
  return parts.flatMap((part) => routesIn(part, isRoute, depth + 1));
}
