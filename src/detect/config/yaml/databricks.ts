// https://docs.databricks.com/aws/en/dev-tools/bundles/resources
import type { Declaration } from '../../../model/observed.ts';
import type { Entry } from '../../../model/source.ts';
import { entriesOf, valueAt } from '../../../parse/record.ts';
import { declare, fixedLabel, itemsOf, type ReadTools, type YamlReader } from './reader.ts';

const SERVING = 'model_serving_endpoints';
/** A model of somebody else that an endpoint stands in front of. */
const EXTERNAL = 'external_model';

/** Bundles of Databricks: the endpoints that serve models, in the bundle itself and in its targets. */
export const databricks: YamlReader = {
  concerns: (text) => text.includes(SERVING),
  read: (document, tools) => {
    const targets = entriesOf(valueAt(document, 'targets')).map(({ value }) => value);
    return [document, ...targets].flatMap((holder) =>
      entriesOf(valueAt(holder, 'resources', SERVING)).flatMap((entry) => endpoint(entry, tools)),
    );
  },
};

/** The endpoint, and each model behind it that another company runs. */
function endpoint({ key, value, at }: Entry, tools: ReadTools): readonly Declaration[] {
  const config = valueAt(value, 'config');
  const served = ['served_entities', 'served_models'].flatMap((list) => {
    const items = valueAt(config, list);
    return items ? itemsOf(items) : [];
  });
  const outside = served.flatMap((item) => {
    const body = valueAt(item, EXTERNAL);
    return body ? [declared(EXTERNAL, key, body, tools)] : [];
  });
  return [declared(SERVING, key, { ...value, at }, tools), ...outside];
}

function declared(type: string, name: string, body: Entry['value'], tools: ReadTools): Declaration {
  const { at } = body;
  const labels = [fixedLabel(type, at), fixedLabel(name, at)];
  return declare({ block: 'resource', format: 'databricks', labels, body, at }, tools);
}
