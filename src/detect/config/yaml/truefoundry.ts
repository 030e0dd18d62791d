// https://docs.truefoundry.com/gateway/load-balancing-configuration
import type { Declaration } from '../../../model/observed.ts';
import type { Expr } from '../../../model/source.ts';
import { textOf, valueAt } from '../../../parse/record.ts';
import { declare, itemsOf, type ReadTools, type YamlReader } from './reader.ts';

const TYPES = ['gateway-load-balancing-config', 'gateway-fallback-config'];

/** Routing of TrueFoundry's gateway, applied from a file: rules with targets that are weighed, ranked or tried in turn. */
export const truefoundry: YamlReader = {
  concerns: (text) => TYPES.some((type) => text.includes(type)),
  read: (document, tools) =>
    TYPES.includes(textOf(valueAt(document, 'type')) ?? '')
      ? itemsOf(valueAt(document, 'rules')).flatMap((rule) => ruleOf(rule, tools))
      : [],
};

function ruleOf(rule: Expr, tools: ReadTools): readonly Declaration[] {
  if (rule.kind !== 'record') return [];
  return [declare({ block: 'rule', format: 'truefoundry', labels: [valueAt(rule, 'id')], body: rule, at: rule.at }, tools)];
}
