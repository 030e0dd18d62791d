// https://kubernetes.io/docs/reference/kubernetes-api/
import type { Declaration } from '../../../model/observed.ts';
import type { Entry, Expr } from '../../../model/source.ts';
import { entriesOf, textOf, valueAt } from '../../../parse/record.ts';
import { environmentsAsRecords } from './environment.ts';
import { kongBinding, kongPluginObject } from './kong.ts';
import { declare, fixedLabel, itemsOf, type ReadTools, without, type YamlReader } from './reader.ts';

/** Groups whose resources are read by the meaning of the gateway, not by that of Kubernetes. */
const ENVOY_GROUPS = ['aigateway.envoyproxy.io', 'gateway.envoyproxy.io'];
const KONG_GROUP = 'configuration.konghq.com';

/** Describes a kind of resource and uses none; its examples name models. */
const DESCRIPTIONS = ['CustomResourceDefinition'];

/** What the cluster writes, or what stands in the labels of the declaration. */
const NOT_KEPT = ['apiVersion', 'kind', 'status'];

/** Resources of Kubernetes and of whatever extends it: `Deployment`, `ConfigMap`, `InferenceService`, `AIGatewayRoute` … */
export const kubernetes: YamlReader = {
  concerns: (text) => text.includes('apiVersion') && text.includes('kind'),
  read: (document, tools) => objectsOf(document).flatMap((object) => objectOf(object, tools)),
};

function objectsOf(document: Expr): readonly Expr[] {
  const isList = textOf(valueAt(document, 'kind'))?.endsWith('List') && textOf(valueAt(document, 'apiVersion')) !== undefined;
  return isList ? itemsOf(valueAt(document, 'items')) : [document];
}

function objectOf(object: Expr, tools: ReadTools): readonly Declaration[] {
  const version = textOf(valueAt(object, 'apiVersion'));
  const kind = textOf(valueAt(object, 'kind'));
  if (version === undefined || kind === undefined || DESCRIPTIONS.includes(kind)) return [];
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  if (group === KONG_GROUP && kind.endsWith('Plugin')) return kongPluginObject(object, tools);
  const type = fixedLabel(group ? `${group}/${kind}` : kind, object.at);
  const labels = [type, valueAt(object, 'metadata', 'name')];
  const format = ENVOY_GROUPS.includes(group) ? 'envoy' : 'kubernetes';
  return [
    declare({ block: 'object', format, labels, body: bodyOf(object, kind), at: object.at, isSecret: kind === 'Secret' }, tools),
    ...kongBinding(object, tools),
  ];
}

function bodyOf(object: Expr, kind: string): Expr {
  if (kind === 'ConfigMap' || kind === 'Secret') return valuesOf(object);
  return environmentsAsRecords(without(object, NOT_KEPT));
}

/** Values of one line: they become environment variables. Whole files are read as files of their own. */
function valuesOf(object: Expr): Expr {
  const kept = entriesOf(object).filter(({ key }) => key === 'data' || key === 'stringData');
  const entries = kept.map((section): Entry => ({ ...section, value: withoutFiles(section.value) }));
  return { kind: 'record', entries, open: false, at: object.at };
}

function withoutFiles(values: Expr): Expr {
  if (values.kind !== 'record') return values;
  const entries = values.entries.map((entry): Entry => {
    const isFile = textOf(entry.value)?.trimEnd().includes('\n');
    return isFile ? { ...entry, value: { kind: 'unknown', why: 'embedded-file', at: entry.value.at } } : entry;
  });
  return { ...values, entries };
}
