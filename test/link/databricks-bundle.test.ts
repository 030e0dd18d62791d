import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';

test('a bundle of Databricks names the companies behind its endpoints', async () => {
  const { inventory } = await audit({ root: 'fixtures/detectors/config/yaml/databricks-bundle', asOf: '2026-11-20' });
  expect(inventory.providers.filter(({ roles }) => roles.includes('operator')).map(({ id, line }) => `${id} ${line}`)).toEqual([
    'aws-bedrock 22',
    'databricks 9',
    'openai 15',
  ]);
  expect(inventory.models.map(({ id, line, operators }) => `${id} ${line} ${operators}`)).toEqual([
    'anthropic.claude-3-5-sonnet-20241022-v2:0 22 aws-bedrock',
    'gpt-4o 15 openai',
  ]);
  expect(inventory.regions.map(({ id, line, role }) => `${id} ${line} ${role}`)).toEqual(['aws:eu-central-1 26 endpoint']);
});
