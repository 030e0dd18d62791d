import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';

test('of a table of models, a lab’s own service is asked for its own', async () => {
  const { inventory } = await audit({ root: 'fixtures/link/one-table-for-all', asOf: '2026-11-20' });
  const rows = inventory.callSites.map(({ line, operators, models }) => `${line} ${operators} ${models}`).sort();
  expect(rows).toEqual(['10 openai gpt-4o-mini', '11 anthropic claude-sonnet-4-5', '15 deepseek ']);
});
