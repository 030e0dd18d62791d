// https://docs.litellm.ai/docs/proxy/configs
import type { Declaration } from '../../../model/observed.ts';
import type { Entry, Expr } from '../../../model/source.ts';
import { entriesOf, entryOf, valueAt } from '../../../parse/record.ts';
import { declare, itemsOf, mapTexts, type ReadTools, without, type YamlReader } from './reader.ts';

/** What stands in the one declaration of settings, under its own name. */
const SECTIONS = ['router_settings', 'litellm_settings', 'general_settings', 'environment_variables', 'include'];
/** The name of a credential is none, though its key looks like one. */
const SHARED = 'litellm_credential_name';
const ENVIRONMENT = /^os\.environ\/([A-Za-z_]\w*)$/;

/** Proxy configuration of LiteLLM, as a file of its own or under `proxy_config` of a chart's values. */
export const litellm: YamlReader = {
  concerns: (text) => ['model_list', 'litellm_settings', 'store_model_in_db'].some((mark) => text.includes(mark)),
  read: (document, tools) =>
    [document, ...chartConfigs(document)].filter((root) => isProxy(root)).flatMap((root) => declarationsOf(root, tools)),
};

/** The chart's own values, or those of a chart that depends on it. */
function chartConfigs(document: Expr): readonly Expr[] {
  return [document, ...entriesOf(document).map((entry) => entry.value)].flatMap(
    (values) => valueAt(values, 'proxy_config') ?? [],
  );
}

/** Other programs have a `model_list` too; models that come out of a database leave the settings alone. */
function isProxy(root: Expr): boolean {
  const models = itemsOf(valueAt(root, 'model_list'));
  if (models.some((model) => entryOf(model, 'litellm_params'))) return true;
  return (
    valueAt(root, 'litellm_settings')?.kind === 'record' || valueAt(root, 'general_settings', 'store_model_in_db') !== undefined
  );
}

function declarationsOf(root: Expr, tools: ReadTools): readonly Declaration[] {
  const read = mapTexts(root, ({ text, at }) => {
    const name = ENVIRONMENT.exec(text)?.[1];
    return name === undefined ? { kind: 'text', text, at } : { kind: 'env', name, at };
  });
  return [
    ...itemsOf(valueAt(read, 'model_list')).flatMap((model) => modelOf(model, tools)),
    ...itemsOf(valueAt(read, 'credential_list')).flatMap((credential) => credentialOf(credential, tools)),
    ...settingsOf(read, tools),
  ];
}

/** Parameters of the call at the root of the body, what the file says about the model beside them. Second label: whose credential. */
function modelOf(model: Expr, tools: ReadTools): readonly Declaration[] {
  if (model.kind !== 'record') return [];
  const beside = without(model, ['model_name', 'litellm_params']);
  const parameters = valueAt(model, 'litellm_params');
  const own = entriesOf(parameters).filter(({ key }) => key !== SHARED);
  const entries: readonly Entry[] = [...own, ...entriesOf(beside)];
  const body: Expr = { kind: 'record', entries, open: model.open, at: model.at };
  const labels = [valueAt(model, 'model_name'), valueAt(parameters, SHARED)];
  return [declare({ block: 'model', format: 'litellm', labels, body, at: model.at }, tools)];
}

/** Base URL, region and project that several models share by name; keys are dropped. */
function credentialOf(credential: Expr, tools: ReadTools): readonly Declaration[] {
  const body = valueAt(credential, 'credential_values');
  if (body?.kind !== 'record') return [];
  const labels = [valueAt(credential, 'credential_name')];
  return [declare({ block: 'credential', format: 'litellm', labels, body, at: credential.at, isSecret: true }, tools)];
}

function settingsOf(root: Expr, tools: ReadTools): readonly Declaration[] {
  const entries = entriesOf(root).filter(({ key }) => SECTIONS.includes(key));
  const at = entries[0]?.at;
  if (at === undefined) return [];
  const body: Expr = { kind: 'record', entries, open: false, at };
  return [declare({ block: 'settings', format: 'litellm', labels: [], body, at }, tools)];
}
