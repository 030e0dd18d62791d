import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { readPack } from '../../src/pack/read.ts';

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'pack-'));
});
afterAll(() => rm(base, { recursive: true }));

const FACT = 'source: the clinic\ndate: 2026-01-01\n';
const PROVIDER = `id: clinic\nname: Clinic\nkind: inference-host\n${FACT}`;
const FAMILY = `id: clinic\nmaker: clinic\nweights: open\nkind: chat\nexamples: [clinic-1]\n${FACT}`;
const RULE =
  'apiVersion: 1\nid: region/ward\ncode: CLI-01\ntitle: t\neffect: info\neach: model\nwhen: "true"\nseverity: low\nmessage: m\nwhy: w\nfix: f\n';
const provider = 'catalog/providers/clinic.yml';
const family = 'catalog/models/clinic.yml';

const CASES: readonly (readonly [name: string, file: string, text: string, message: RegExp, hint: RegExp])[] = [
  ['an unknown key', provider, `${PROVIDER}hostz: []\n`, /clinic\.yml: unknown key "hostz"/, /did you mean "hosts"/],
  ['a wrong type', provider, `${PROVIDER}hosts: clinic.example\n`, /hosts: must be array, is string/, /Whole host names/],
  ['a wrong element', provider, `${PROVIDER}ports: [http]\n`, /ports\.0: must be integer, is string/, /quotes/],
  [
    'an unknown value',
    provider,
    PROVIDER.replace('inference-host', 'inference-hots'),
    /kind: unknown value "inference-hots"/,
    /did you mean "inference-host"/,
  ],
  ['a missing key', provider, `id: clinic\nname: Clinic\n${FACT}`, /key "kind" is missing/, /schema/],
  ['a bad id', provider, PROVIDER.replace('id: clinic', 'id: Clinic!'), /id: "Clinic!" does not match/, /file name/],
  [
    'an id that is not the path',
    provider,
    PROVIDER.replace('id: clinic', 'id: ward'),
    /id: "ward" is not what the path says/,
    /id: clinic/,
  ],
  [
    'a country in words',
    provider,
    `${PROVIDER}hq: { country: Qatar, source: s, date: 2026-01-01 }\n`,
    /hq\.country: "Qatar" does not match/,
    /two capital letters/,
  ],
  ['a host with a scheme', provider, `${PROVIDER}hosts: ["https://clinic.example"]\n`, /hosts\.0: .* does not match/, /./],
  ['a broken pattern', provider, `${PROVIDER}hostPatterns: ['(clinic']\n`, /hostPatterns\.0: a group is not closed/, /./],
  [
    'a nested quantifier',
    provider,
    `${PROVIDER}hostPatterns: ['([a-z]+)*\\.example']\n`,
    /a repetition inside a repetition/,
    /one level of repetition/,
  ],
  ['ambiguous alternatives', family, `${FAMILY}pattern: '(?:a|a|b)*c'\n`, /can take very long/, /./],
  ['three repetitions over the same text', family, `${FAMILY}pattern: '\\w*\\w*\\w*-1'\n`, /can take very long/, /./],
  ['a look-ahead', family, `${FAMILY}pattern: '(?=clinic)clinic'\n`, /look-around is not allowed/, /./],
  ['a look-behind', family, `${FAMILY}pattern: '(?<!x)clinic'\n`, /look-around is not allowed/, /./],
  ['a back-reference', family, `${FAMILY}pattern: '(clinic)-\\1'\n`, /back-reference is not allowed/, /./],
  ['a named back-reference', family, `${FAMILY}pattern: '(?<n>clinic)-\\k<n>'\n`, /back-reference is not allowed/, /./],
  ['a hostile open pattern', family, `${FAMILY}pattern: clinic\nopen: '(x+)+'\n`, /open: a repetition inside/, /./],
  [
    'a family without a word of four',
    family,
    `${FAMILY}pattern: clinic\nwords: [abc]\n`,
    /words\.0: "abc" does not match/,
    /4 characters/,
  ],
  [
    'a fact without a date',
    'catalog/clouds.yml',
    'clouds: [{ id: ward, name: Ward, source: s }]\n',
    /clouds\.0: key "date" is missing/,
    /defaults/,
  ],
  [
    'a head that is not the file name',
    'catalog/regions/ward.yml',
    'cloud: hall\nregions: []\n',
    /cloud: "hall" is not the file name/,
    /ward/,
  ],
  [
    'the same entry twice',
    'catalog/clouds.yml',
    `defaults: {source: s, date: 2026-01-01}\nclouds: [{ id: w, name: W }, { id: w, name: V }]\n`,
    /"w" stands in .*clouds\.yml already/,
    /keep one/,
  ],
  ['a rule of another version', 'region/ward.yml', RULE.replace('apiVersion: 1', 'apiVersion: 2'), /apiVersion: /, /./],
  ['a rule elsewhere than its id', 'region/hall.yml', RULE, /id: "region\/ward" is not what the path says/, /region\/hall/],
  ['a rule without a category', 'ward.yml', RULE, /no place for a pack file/, /<category>/],
  ['a table nobody knows', 'catalog/doctors/ward.yml', PROVIDER, /no place for a pack file/, /catalog\/<table>/],
  ['a file ending in .yaml', 'region/ward.yaml', RULE, /end in \.yml/, /rename/],
  ['broken YAML', provider, 'id: [clinic\n', /clinic\.yml:\d+:\d+: no valid YAML/, /YAML/],
  ['an unknown tag', provider, 'id: !!js/function "return 1"\n', /no valid YAML/, /YAML/],
  ['a list at the top', provider, '- id: clinic\n', /must be object, is array/, /./],
  ['an empty file', provider, '', /no valid YAML|must be object/, /./],
  ['__proto__ as a key', provider, `${PROVIDER}__proto__: { polluted: true }\n`, /__proto__/, /remove/],
  ['nesting without end', provider, `id: ${'['.repeat(5000)}\n`, /no valid YAML/, /./],
  ['a bomb of aliases', provider, aliasBomb(), /values, aliases written out|no valid YAML/, /alias/],
  ['a file of more than 4 MB', provider, `${PROVIDER}notes: ${'x'.repeat(4_300_000)}\n`, /more than the 4194304/, /split/],
];

test.each(CASES)('refuses %s', async (name, file, text, message, hint) => {
  const folder = join(base, name.replaceAll(/\W/g, '-'));
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
  const start = Date.now();
  const error: unknown = await readPack(folder).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) });
  expect((error as UserError).message).toContain(file);
  expect((error as UserError).message.length).toBeLessThan(600);
  expect(Date.now() - start).toBeLessThan(3000);
  expect({}).not.toHaveProperty('polluted');
});

test('refuses a folder that is none, and one without a pack file', async () => {
  await expect(readPack(join(base, 'nowhere'))).rejects.toThrow(/cannot be read as a folder \(ENOENT\)/);
  await mkdir(join(base, 'bare/fixtures'), { recursive: true });
  await writeFile(join(base, 'bare/fixtures/x.yml'), 'not: read');
  await expect(readPack(join(base, 'bare'))).rejects.toThrow(/no pack file/);
});

function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`);
  return `l0: &l0 [x]\n${levels.join('\n')}\n`;
}
