// https://developer.konghq.com/gateway/entities/
import type { Declaration } from '../../../model/observed.ts';
import type { Entry, Expr } from '../../../model/source.ts';
import { entriesOf, entryOf, textOf, valueAt } from '../../../parse/record.ts';
import { declare, itemsOf, type ReadTools, without, type YamlReader } from './reader.ts';

/** Entities that plugins hang on, and what the plugin calls each. */
const OWNERS = [
  ['services', 'service'],
  ['routes', 'route'],
  ['consumers', 'consumer'],
  ['consumer_groups', 'consumer_group'],
] as const;

/** Plugins of the gateway's AI family are all named so; the others do not speak to models. */
const FAMILY = 'ai-';
const MAX_DEPTH = 4;
const ANNOTATION = 'konghq.com/plugins';

/** Declarative configuration of Kong Gateway (also of decK): AI plugins with what they hang on, and the services behind it. */
export const kong: YamlReader = {
  concerns: (text) => text.includes('_format_version'),
  read: (document, tools) => {
    if (!entryOf(document, '_format_version')) return [];
    return [...pluginsIn(document, [], 0).map((plugin) => pluginOf(plugin, tools)), ...servicesOf(document, tools)];
  },
};

/** The same plugin as a Kubernetes resource (`KongPlugin`, `KongClusterPlugin`). */
export function kongPluginObject(object: Expr, tools: ReadTools): readonly Declaration[] {
  const plugin = valueAt(object, 'plugin');
  if (!textOf(plugin)?.startsWith(FAMILY)) return [];
  const name = valueAt(object, 'metadata', 'name');
  const own = without(object, ['apiVersion', 'kind', 'metadata', 'plugin', 'status']);
  // What it hangs on is not said here: it goes by its own name.
  const body: Expr = name ? recordOf([{ key: 'route', value: name, at: name.at }, ...entriesOf(own)], object) : own;
  const labels = [plugin, name];
  return [declare({ block: 'plugin', format: 'kong', labels, body, at: object.at }, tools)];
}

/** What an `Ingress` or `HTTPRoute` hands to plugins by name: its paths lead to what they do. */
export function kongBinding(object: Expr, tools: ReadTools): readonly Declaration[] {
  const annotation = valueAt(object, 'metadata', 'annotations', ANNOTATION);
  const annotated = textOf(annotation)?.split(',') ?? [];
  const named = annotated.flatMap((name): readonly Expr[] =>
    annotation && name.trim() ? [{ kind: 'text', text: name.trim(), at: annotation.at }] : [],
  );
  const rules = itemsOf(valueAt(object, 'spec', 'rules'));
  const filters = rules.flatMap((rule) => itemsOf(valueAt(rule, 'filters'))).flatMap((filter) => referenceIn(filter));
  const [first, ...others] = [...named, ...filters];
  if (!first) return [];
  const paths = rules.flatMap((rule) => [
    ...itemsOf(valueAt(rule, 'http', 'paths')).flatMap((one) => valueAt(one, 'path') ?? []),
    ...itemsOf(valueAt(rule, 'matches')).flatMap((one) => valueAt(one, 'path', 'value') ?? []),
  ]);
  const entries = [listed('plugins', [first, ...others], first), listed('paths', paths, first)];
  const labels = [valueAt(object, 'metadata', 'name')];
  return [declare({ block: 'binding', format: 'kong', labels, body: recordOf(entries, object), at: object.at }, tools)];
}

function referenceIn(filter: Expr): readonly Expr[] {
  const name = valueAt(filter, 'extensionRef', 'name');
  return name && textOf(valueAt(filter, 'extensionRef', 'kind')) === 'KongPlugin' ? [name] : [];
}

function listed(key: string, items: readonly Expr[], { at }: Expr): Entry {
  return { key, value: { kind: 'list', items, at }, at };
}

function recordOf(entries: readonly Entry[], { at }: Expr): Expr {
  return { kind: 'record', entries, open: false, at };
}

/** AI plugins of an entity and of the entities inside it; `scope` is what they hang on. */
function pluginsIn(owner: Expr, scope: readonly Entry[], depth: number): readonly Expr[] {
  const own = itemsOf(valueAt(owner, 'plugins')).flatMap((plugin): readonly Expr[] => {
    if (plugin.kind !== 'record' || !textOf(valueAt(plugin, 'name'))?.startsWith(FAMILY)) return [];
    // What the plugin says itself stands behind, and wins.
    return [{ ...plugin, entries: [...scope, ...plugin.entries] }];
  });
  if (depth === MAX_DEPTH) return own;
  const inner = OWNERS.flatMap(([list, key]) =>
    itemsOf(valueAt(owner, list)).flatMap((entity) => {
      const name = valueAt(entity, 'name') ?? valueAt(entity, 'username');
      const named = name ? [...scope, { key, value: name, at: name.at }] : scope;
      return pluginsIn(entity, [...named.filter((entry) => entry.key !== 'paths'), ...pathsTo(entity)], depth + 1);
    }),
  );
  return [...own, ...inner];
}

/** URL paths of a route, or of all routes of a service: that is how callers reach what hangs there. */
function pathsTo(entity: Expr): readonly Entry[] {
  const items = [entity, ...itemsOf(valueAt(entity, 'routes'))].flatMap((one) => itemsOf(valueAt(one, 'paths')));
  const [first] = items;
  return first ? [{ key: 'paths', value: { kind: 'list', items, at: first.at }, at: first.at }] : [];
}

function pluginOf(plugin: Expr, tools: ReadTools): Declaration {
  const entries = entriesOf(plugin).filter(({ key }) => key !== 'name');
  const body: Expr = { kind: 'record', entries, open: false, at: plugin.at };
  return declare({ block: 'plugin', format: 'kong', labels: [valueAt(plugin, 'name')], body, at: plugin.at }, tools);
}

/** What requests are sent on to: a service may point at a model host without any plugin. */
function servicesOf(document: Expr, tools: ReadTools): readonly Declaration[] {
  return itemsOf(valueAt(document, 'services')).flatMap((service) => {
    if (service.kind !== 'record') return [];
    const body = without(service, ['name', 'plugins', 'routes']);
    return [declare({ block: 'upstream', format: 'kong', labels: [valueAt(service, 'name')], body, at: service.at }, tools)];
  });
}
