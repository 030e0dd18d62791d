import { expect, test } from 'vitest';
import { createSelector } from '../../src/collect/select.ts';

const select = createSelector([
  { id: 'source/typescript', kinds: ['.ts', '.d.ts'], cap: 1, always: false },
  { id: 'infra/terraform', kinds: ['.tf', '.tfvars', '.tfvars.json'], cap: 1, always: false },
  { id: 'config/json', kinds: ['.json'], cap: 1, always: false },
  { id: 'manifest/npm', kinds: ['package.json'], cap: 1, always: true },
  { id: 'config/dotenv', kinds: ['.env*'], cap: 1, always: true },
  { id: 'infra/compose', kinds: ['docker-compose*.yml', '.yml'], cap: 1, always: false },
]);

test.each([
  ['package.json', 'package.json'],
  ['PACKAGE.JSON', 'package.json'],
  ['my-package.json', '.json'],
  ['prod.tfvars.json', '.tfvars.json'],
  ['Types.D.TS', '.d.ts'],
  ['a.b.ts', '.ts'],
  ['.env', '.env*'],
  ['.env.local.ts', '.env*'],
  ['docker-compose.prod.yml', 'docker-compose*.yml'],
  ['docker.yml', '.yml'],
  ['ts', undefined],
  ['__proto__', undefined],
  ['constructor', undefined],
])('%s is selected by %s', (name, kind) => {
  expect(select(name)?.kind).toBe(kind);
});
