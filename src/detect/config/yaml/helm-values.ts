// https://helm.sh/docs/chart_template_guide/values_files/
import { entryOf } from '../../../parse/record.ts';
import { environmentsAsRecords } from './environment.ts';
import { declare, type YamlReader } from './reader.ts';

/** Values of a Helm chart: they have no shape of their own, so the name of the file has to say it. */
export const helmValues: YamlReader = {
  concerns: (_text, kind) => kind.startsWith('values'),
  read: (document, tools) => {
    const isObject = entryOf(document, 'apiVersion') && entryOf(document, 'kind');
    if (!tools.kind.startsWith('values') || document.kind !== 'record' || isObject) return [];
    const body = environmentsAsRecords(document);
    return [declare({ block: 'values', format: 'kubernetes', labels: [], body, at: document.at }, tools)];
  },
};
