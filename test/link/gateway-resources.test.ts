import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import type { Report } from '../../src/model/report.ts';
import { tree } from '../cli/trees.ts';
import { waysOf } from './ways.ts';

const AS_OF = '2026-11-20';

const reportOf = (files: Readonly<Record<string, string>>): Promise<Report> => audit({ root: tree(files), asOf: AS_OF });

/** A clinic whose desk asks its API gateway. */
const DESK = {
  'requirements.txt': 'openai==2.1.0\n',
  'desk.py': `from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint="https://clinic.azure-api.net", api_version="2025-01-01")

def ask(text):
    return client.chat.completions.create(model="gpt-4.1", messages=[{"role": "user", "content": text}])
`,
};

const account = (label: string, location: string) => `resource "azurerm_cognitive_account" "${label}" {
  name     = "clinic-${label}"
  kind     = "OpenAI"
  location = "${location}"
}
`;

const backend = (label: string, url: string, breaker = '') => `resource "azurerm_api_management_backend" "${label}" {
  name     = "${label}"
  protocol = "http"
  url      = ${url}
  ${breaker}
}
`;

const BREAKER = 'circuit_breaker_rule { name = "down" }';

const pool = (services: string) => `resource "azapi_resource" "pool" {
  type = "Microsoft.ApiManagement/service/backends@2024-05-01"
  name = "models"
  body = {
    properties = {
      type = "Pool"
      pool = { services = [${services}] }
    }
  }
}
`;

const policy = (xml: string) => `resource "azurerm_api_management_api_policy" "desk" {
  api_name    = "desk"
  xml_content = <<XML
<policies><inbound><base />${xml}</inbound></policies>
XML
}
`;

const ACCOUNTS = account('north', 'swedencentral') + account('west', 'francecentral');
const ADDRESS = (label: string) => `"\${azurerm_cognitive_account.${label}.endpoint}openai"`;
const BACKENDS = backend('north', ADDRESS('north'), BREAKER) + backend('west', ADDRESS('west'), BREAKER);
const MEMBERS =
  '{ id = azurerm_api_management_backend.west.id, priority = 2 }, { id = azurerm_api_management_backend.north.id, priority = 1 }';
const NAMED = policy('<set-backend-service backend-id="models" />');

/** Where the ways of the capabilities end, the primary first. */
const regionsOf = ({ capabilities, routes }: Report) =>
  capabilities.flatMap(({ legs }) =>
    legs.flatMap(({ primary, fallbacks }) =>
      [primary, ...fallbacks.map(({ route }) => route)].flatMap((id) =>
        (routes.find((route) => route.id === id)?.nodes.region ?? []).map((node) => ('node' in node ? node.node : '?')),
      ),
    ),
  );

const hiddenIn = ({ coverage }: Report) => Object.keys(coverage.unknown).filter((why) => why.startsWith('gateway: '));

describe('Azure API Management', () => {
  test('sends a call on to a pool: the next priority when the first is down, at the same operator', async () => {
    const report = await reportOf({ ...DESK, 'infra/main.tf': ACCOUNTS + BACKENDS + pool(MEMBERS) + NAMED });
    expect(waysOf(report)).toEqual(['primary azure-apim azure-openai', 'auto azure-apim azure-openai']);
    expect(regionsOf(report)).toEqual(['region:azure:swedencentral', 'region:azure:francecentral']);
    expect(report.inventory.fallbacks.filter(({ crossProvider }) => crossProvider)).toEqual([]);
    expect(hiddenIn(report)).toEqual([]);
  });

  test('without a breaker or a retry, leaves nothing that fails', async () => {
    const backends = backend('north', ADDRESS('north')) + backend('west', ADDRESS('west'));
    const report = await reportOf({ ...DESK, 'infra/main.tf': ACCOUNTS + backends + pool(MEMBERS) + NAMED });
    expect(waysOf(report)).toEqual(['primary azure-apim azure-openai', 'manual azure-apim azure-openai']);
  });

  test('tries another member of a pool where its policy tries again', async () => {
    const raw = (label: string) => `resource "azapi_resource" "${label}" {
  type = "Microsoft.ApiManagement/service/backends@2023-09-01-preview"
  name = "${label}-models"
  body = jsonencode({ properties = { url = "https://clinic-${label}.openai.azure.com/openai", protocol = "http" } })
}
`;
    const members = ['north', 'west'].map((label) => `{ id = "/backends/${label}-models" }`).join(', ');
    const xml = '<set-backend-service backend-id="models" /><retry condition="@(true)" count="2"><forward-request /></retry>';
    const report = await reportOf({ ...DESK, 'infra/main.tf': raw('north') + raw('west') + pool(members) + policy(xml) });
    expect(waysOf(report)[0]).toBe('primary azure-apim azure-openai');
    expect(report.inventory.gateways.map(({ behind }) => behind)).toEqual([['azure-openai']]);
  });

  test('sends a call on to the backend that its policy names', async () => {
    const hosts =
      backend('north', '"https://clinic-north.openai.azure.com/openai"') + backend('spare', '"https://api.openai.com/v1"');
    const xml = '<set-backend-service backend-id="spare" /><!-- <set-backend-service backend-id="north" /> -->';
    const report = await reportOf({ ...DESK, 'infra/main.tf': hosts + policy(xml) });
    expect(waysOf(report)).toEqual(['primary azure-apim openai']);
  });

  test('does not choose among backends for a policy that cannot be read', async () => {
    const hosts =
      backend('north', '"https://clinic-north.openai.azure.com/openai"') + backend('spare', '"https://api.openai.com/v1"');
    const report = await reportOf({ ...DESK, 'infra/main.tf': hosts });
    expect(waysOf(report)).toEqual(['primary azure-apim ? behind-gateway']);
    expect(hiddenIn(report)).toEqual(['gateway: policies that no file here shows decide where a request goes']);
  });

  test('is a hop even where no file describes it', async () => {
    expect(waysOf(await reportOf(DESK))).toEqual(['primary azure-apim ? behind-gateway']);
  });

  test('in front of a shop is no AI gateway', async () => {
    const report = await reportOf({
      'requirements.txt': 'requests\n',
      'shop.py': `import requests

def orders():
    return requests.post("https://shop.azure-api.net/orders", json={"model": "bicycle"})
`,
      'infra/main.tf': backend('orders', '"https://orders.shop.example"'),
    });
    expect(waysOf(report)).toEqual([]);
    expect(report.inventory.gateways).toEqual([]);
  });
});
