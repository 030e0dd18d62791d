import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { tree } from '../cli/trees.ts';

test('a service of one’s own on the port of a gateway is no gateway', async () => {
  const files = {
    'package.json': '{ "name": "bookings", "type": "module", "dependencies": { "openai": "6.1.0" } }',
    '.env': 'API_URL=http://localhost:4000/api\n',
    'seats.ts': `const api = process.env.API_URL ?? 'http://localhost:4000/api';
export const seats = (body: string) => fetch(\`\${api}/bookings\`, { method: 'POST', body });
export const warm = (port = 4000) => fetch(\`http://localhost:\${port}/\`, { method: 'POST' });
`,
    'desk.ts': `import OpenAI from 'openai';
const client = new OpenAI({ baseURL: 'http://localhost:4000' });
export const ask = (input: string) => client.responses.create({ model: 'desk', input });
`,
  };
  const { inventory } = await audit({ root: tree(files), asOf: '2026-11-20' });
  expect(inventory.gateways.map(({ id, evidence }) => `${id} ${evidence}`)).toEqual([
    'litellm desk.ts:2:16,desk.ts:2:38,desk.ts:3:72',
  ]);
});
