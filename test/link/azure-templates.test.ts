import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { tree } from '../cli/trees.ts';

const inventoryOf = async (files: Readonly<Record<string, string>>) => {
  const { inventory } = await audit({ root: tree(files), asOf: '2026-11-20' });
  const at = (row: { id: string; path: string; line: number }) => `${row.id} ${row.path}:${row.line}`;
  return {
    providers: inventory.providers.filter(({ roles }) => roles.includes('operator')).map(at),
    models: inventory.models.map(at).sort(),
    regions: inventory.regions.map((row) => `${at(row)} ${row.role}`).sort(),
  };
};

const MAIN = `targetScope = 'subscription'
param location string
@allowed([ 'eastus', 'swedencentral' ])
param modelPlace string
param wards array = [
  { name: 'chat', model: { name: 'gpt-4o-mini' }, sku: { name: 'GlobalStandard' } }
  { name: 'search', model: { name: 'text-embedding-3-small' } }
]
module ai 'core/account.bicep' = {
  name: 'ai'
  params: { place: modelPlace, wards: wards }
}
`;

const ACCOUNT = `param place string = resourceGroup().location
param kind string = 'OpenAI'
param wards array = []
resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'clinic'
  location: place
  kind: kind
}
resource deployments 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = [for ward in wards: {
  parent: account
  name: ward.name
  properties: { model: ward.model }
}]
`;

const parameters = (values: string) =>
  `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {\n${values}\n} }`;

test('modules of Bicep: models and regions stand where a value is written, in a default or a file of parameters', async () => {
  const files = {
    'infra/main.bicep': MAIN,
    'infra/core/account.bicep': ACCOUNT,
    'infra/main.parameters.json': parameters(
      '"modelPlace": { "value": "\u0024{CLINIC_PLACE=eastus}" },\n"location": { "value": "\u0024{AZURE_LOCATION}" }',
    ),
  };
  expect(await inventoryOf(files)).toEqual({
    providers: ['azure-openai infra/core/account.bicep:4'],
    models: ['gpt-4o-mini infra/main.bicep:6', 'text-embedding-3-small infra/main.bicep:7'],
    regions: ['azure:eastus infra/main.parameters.json:2 endpoint'],
  });
});

test('the kind of an account says which service it is; what exists already is not made here', async () => {
  const bicep = `resource voice 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'voice'
  kind: 'SpeechServices'
  location: 'westeurope'
}
resource scans 'Microsoft.CognitiveServices/accounts@2024-10-01' existing = { name: 'scans' }
resource other 'Microsoft.CognitiveServices/accounts@2024-10-01' = { name: 'other', kind: 'Face', location: 'northeurope' }
`;
  const { providers } = await inventoryOf({ 'voice.bicep': bicep, 'voice.bicepparam': "using './voice.bicep'\n" });
  expect(providers).toEqual(['azure-speech voice.bicep:1']);
});

test('a template of the Azure Resource Manager, and nothing twice where Bicep made it', async () => {
  const template = (more: string) => `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",${more}
  "parameters": { "model": { "type": "string", "defaultValue": "gpt-4o" } },
  "resources": [
    { "type": "Microsoft.CognitiveServices/accounts", "name": "desk", "kind": "OpenAI", "location": "francecentral",
      "resources": [ { "type": "deployments", "name": "chat", "properties": { "model": { "name": "[parameters('model')]" } } } ] }
  ]
}`;
  const { models, regions } = await inventoryOf({
    'azuredeploy.json': template(''),
    'built.json': template('\n"metadata": { "_generator": { "name": "bicep" } },'),
  });
  expect(models).toEqual(['gpt-4o azuredeploy.json:3']);
  expect(regions).toEqual(['azure:francecentral azuredeploy.json:5 endpoint']);
});

test('lists put together, choices, and variables that nobody sets', async () => {
  const bicep = `param chatModel string = 'gpt-4o'
param hasSearch bool = true
param place string
var chat = [ { name: 'gpt-4o', model: { name: chatModel } } ]
var search = [ { name: 'finder', model: { name: 'text-embedding-3-small' } } ]
module ai 'core/account.bicep' = {
  name: 'ai'
  params: { place: place, wards: concat(chat, hasSearch ? search : []) }
}
`;
  const account = ACCOUNT.replace('ward.model', "contains(ward, 'model') ? ward.model : null");
  const { models, regions } = await inventoryOf({
    'main.bicep': bicep,
    'core/account.bicep': account,
    'main.parameters.json': parameters(
      '"chatModel": { "value": "\u0024{CLINIC_MODEL}" },\n"place": { "value": "swedencentral" }',
    ),
    'main.test.bicep': "module main 'main.bicep' = {\n  name: 'main'\n  params: { place: 'eastus' }\n}\n",
  });
  expect(models).toEqual(['gpt-4o main.bicep:1', 'gpt-4o main.bicep:4', 'text-embedding-3-small main.bicep:5']);
  expect(regions).toEqual(['azure:swedencentral main.parameters.json:3 endpoint']);
});
