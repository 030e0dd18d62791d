// https://mlflow.org/docs/latest/genai/governance/ai-gateway/legacy/configuration
import type { Declaration } from '../../../model/observed.ts';
import type { Expr } from '../../../model/source.ts';
import { entryOf, valueAt } from '../../../parse/record.ts';
import { declare, itemsOf, mapTexts, type ReadTools, without, type YamlReader } from './reader.ts';

const ENVIRONMENT = /^\$([A-Za-z_]\w*)$/;

/** Gateway configuration of MLflow: endpoints (routes of version 1), and routes that split traffic among endpoints. */
export const mlflowGateway: YamlReader = {
  concerns: (text) => text.includes('provider') && (text.includes('endpoint_type') || text.includes('route_type')),
  read: (document, tools) =>
    ['endpoints', 'routes']
      .flatMap((list) => itemsOf(valueAt(document, list)))
      .flatMap((item) => [...endpointOf(item, tools), ...routeOf(item, tools)]),
};

function endpointOf(item: Expr, tools: ReadTools): readonly Declaration[] {
  if (!entryOf(valueAt(item, 'model'), 'provider')) return [];
  const body = mapTexts(without(item, ['name']), ({ text, at }) => {
    const name = ENVIRONMENT.exec(text)?.[1];
    return name === undefined ? { kind: 'text', text, at } : { kind: 'env', name, at };
  });
  return [declare({ block: 'endpoint', format: 'mlflow', labels: [valueAt(item, 'name')], body, at: item.at }, tools)];
}

function routeOf(item: Expr, tools: ReadTools): readonly Declaration[] {
  if (itemsOf(valueAt(item, 'destinations')).length === 0) return [];
  const body = without(item, ['name']);
  return [declare({ block: 'route', format: 'mlflow', labels: [valueAt(item, 'name')], body, at: item.at }, tools)];
}
