import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BIN, built, cleanEnv, type Ran, run } from './built.ts';
import { CLINIC, tree } from './trees.ts';

beforeAll(built, 300_000);

const FORMATS = ['table', 'json', 'sarif'] as const;
// Put together here, so that no scanner takes this file for a leak.
const KEYS = [
  'sk-proj-|Zq8vT3nWx5Lr2Ky7Hd4Bm9Pc6Gf1Js0',
  'sk-ant-api03-|Wm4Xc7Rt2Vb9Nk5Lp8Qz1Yh6Jd3Gf0Sa',
  'AIza|SyD4kR7wQ2mX9vB5nL8cT1pZ6jH3gF0aYtU',
  'gsk_|Ht5Yb8Nm2Kx7Rw4Qc9Vz1Lp6Dj3Gf0SaEe',
  'hf_|QwErTyUiOpAsDfGhJkLzXcVbNm12345678',
  'xai-|Lk7Jh4Gf1Ds8Aq5Wz2Xc9Vb6Nm3Rt0YpUiOo',
  'r8_|Vb3Nm6Qw9Er2Ty5Ui8Op1As4Df7Gh0JkLzXx',
  'pplx-|Rt6Yu9Io2Pa5Sd8Fg1Hj4Kl7Zx0Cv3BnMmQq',
  'AKIA|Q7W4E1R8T5Y2U9I6',
  'ghp_|Zx5Cv8Bn1Mq4Wr7Et0Yu3Io6Pa9Sd2FgHjKk',
].map((key) => key.replace('|', ''));
const PASSWORD = 'Tr0ub4dor-and-3-horses';

/** Every run of 8 characters of a key, behind what all keys of its kind begin with. */
function pieces(secret: string): readonly string[] {
  const start = secret.search(/[A-Z][a-z]?\d|Qw|Sy/);
  return Array.from({ length: secret.length - start - 7 }, (_, index) => secret.slice(start + index, start + index + 8));
}

describe('keys planted in the tree', () => {
  const [
    openai = '',
    anthropic = '',
    google = '',
    groq = '',
    hugging = '',
    xai = '',
    replicate = '',
    perplexity = '',
    aws = '',
    github = '',
  ] = KEYS;
  const files = {
    'package.json': JSON.stringify({
      name: 'leaky',
      dependencies: { openai: '^6.0.0', '@anthropic-ai/sdk': '^0.88.0' },
      config: { token: github },
    }),
    '.env': `OPENAI_API_KEY=${openai}\nMODEL=gpt-4o\nOPENAI_BASE_URL=https://user:${PASSWORD}@api.openai.com/v1?key=${perplexity}\n`,
    '.env.example': `ANTHROPIC_API_KEY=${anthropic}\n`,
    'src/ask.ts': [
      "import OpenAI from 'openai';",
      "import Anthropic from '@anthropic-ai/sdk';",
      `// old key: ${google}`,
      `const openai = new OpenAI({ apiKey: '${openai}', baseURL: 'https://admin:${PASSWORD}@api.groq.com/openai/v1?api_key=${groq}' });`,
      `const anthropic = new Anthropic({ apiKey: process.env.KEY ?? '${anthropic}', defaultHeaders: { authorization: 'Bearer ${hugging}' } });`,
      `export const ask = (prompt: string) => openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: prompt }] });`,
      "export const tell = (prompt: string) => anthropic.messages.create({ model: 'claude-opus-4-8', max_tokens: 9, messages: [{ role: 'user', content: prompt }] });",
      `// ai-deps-ignore ${replicate}`,
      `export const raw = () => fetch('https://api.openai.com/v1/chat/completions?key=${perplexity}', { headers: { authorization: 'Bearer ${openai}' }, body: JSON.stringify({ model: 'gpt-4o' }) });`,
    ].join('\n'),
    'infra/main.tf': `provider "aws" {\n  region     = "me-central-1"\n  access_key = "${aws}"\n}\nresource "aws_lambda_function" "ask" {\n  function_name = "ask"\n  environment {\n    variables = { OPENAI_API_KEY = "${openai}", MODEL = "gpt-4o" }\n  }\n}\n`,
    'infra/prod.tfvars': `anthropic_api_key = "${anthropic}"\n`,
    'docker-compose.yml': `services:\n  ask:\n    image: ollama/ollama:latest\n    environment:\n      HF_TOKEN: ${hugging}\n      OPENAI_API_KEY: ${openai}\n    command: serve --api-key ${replicate}\n`,
  };

  test.each([...FORMATS, 'debug'] as const)('%s shows none of them', (format) => {
    const cwd = tree(files);
    const ran = run(format === 'debug' ? ['--debug'] : ['-f', format], { cwd });
    expect(ran.code).toBe(0);
    expect(leaks(`${ran.stdout}${ran.stderr}`)).toEqual([]);
  });

  test('the cache holds none of them, and a second run from it shows none', () => {
    const [cwd, cache] = [tree(files), tree({})];
    const env = { XDG_CACHE_HOME: cache };
    const first = run(['-f', 'json'], { cwd, env });
    const kept = readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(kept.length).toBeGreaterThan(0);
    for (const entry of kept) expect(leaks(readFileSync(join(entry.parentPath, entry.name), 'latin1'))).toEqual([]);
    expect(run(['-f', 'json'], { cwd, env }).stdout).toBe(first.stdout);
  });

  test('a broken configuration that holds one does not quote it', () => {
    const cwd = tree({ ...CLINIC, 'ai-deps.yml': `gate: { max_score: 60 }\napi_key_of_the_team: ${openai}\n` });
    expect(leaks(run([], { cwd }).stderr)).toEqual([]);
  });

  test('what is no secret is kept', () => {
    const { inventory } = JSON.parse(run(['-f', 'json'], { cwd: tree(files) }).stdout);
    expect(inventory.models.map(({ id }: { id: string }) => id)).toContain('claude-opus-4-8');
    expect(inventory.regions.map(({ region }: { region: string }) => region)).toContain('me-central-1');
  });

  test('one that stands where a model should', () => {
    const cwd = tree({ ...CLINIC, 'src/triage.ts': (CLINIC['src/triage.ts'] ?? '').replace('gpt-4o', xai) });
    for (const format of FORMATS) {
      const { stdout, stderr } = run(['-f', format], { cwd });
      expect({ format, leaks: leaks(`${stdout}${stderr}`) }).toEqual({ format, leaks: [] });
    }
  });

  function leaks(text: string): readonly string[] {
    return [...KEYS, PASSWORD].filter((secret) => pieces(secret).some((piece) => text.includes(piece)));
  }
});

describe('names that would steer a terminal', () => {
  const NAMES = [
    'esc\u001b[31m.ts',
    'title\u001b]0;owned\u0007.ts',
    'line\nai-deps: all is well.ts',
    'bidi\u202egpj.ts',
    'c1\u009b2J.ts',
    'separator\u2028.ts',
    '"quoted" <script>alert(1)<.ts',
    '::set-output name=x::y.ts',
    '-rf.ts',
    '__proto__.ts',
    'constructor.ts',
    'CON.ts',
    `${'n'.repeat(250)}.ts`,
  ];
  const SOURCE = (CLINIC['src/triage.ts'] ?? '').replace("'gpt-4o'", "'gpt-4o\\u001b[2J'");

  function everywhere(): string {
    const cwd = tree({
      'package.json': '{ "name": "clinic\\u001b[31m", "dependencies": { "openai": "^6.0.0", "__proto__": "1.0.0" } }',
    });
    mkdirSync(join(cwd, 'src'));
    for (const name of NAMES) writeFileSync(join(cwd, 'src', name), SOURCE);
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/src/`), Buffer.from([0xff, 0xfe]), Buffer.from('.ts')]), SOURCE);
    return cwd;
  }

  test.each(FORMATS)('%s: only text reaches the terminal', (format) => {
    const ran = run(['-f', format, '--fail-on', 'info', '--strict'], { cwd: everywhere() });
    expect([1, 4]).toContain(ran.code);
    expect(unsafe(ran)).toEqual([]);
    expect(ran.stderr.split('\n').filter((line) => /^ai-deps: all is well/.test(line))).toEqual([]);
  });

  test('progress for a person, too', () => {
    const cwd = everywhere();
    const ran = run(['--debug', '-f', 'json'], { cwd });
    expect(unsafe(ran)).toEqual([]);
  });

  test('every one of them is in the report, as it is', () => {
    const report = JSON.parse(run(['-f', 'json'], { cwd: everywhere() }).stdout);
    const paths = new Set(report.evidence.map(({ path }: { path: string }) => path));
    expect(NAMES.filter((name) => !paths.has(`src/${name}`))).toEqual([]);
  });

  test('errors that quote them', () => {
    const cwd = tree({ ...CLINIC, 'ai-deps.yml': '"ga\\e[31mte": { max_score: 60 }\n' });
    const ran = run([], { cwd });
    expect([ran.code, unsafe(ran)]).toEqual([2, []]);
    expect(unsafe(run(['no\u001b[31mwhere/x'], { cwd }))).toEqual([]);
    expect(unsafe(run(['--fo\u001b[31mrmat'], { cwd }))).toEqual([]);
  });

  /** Characters that act instead of showing. */
  function unsafe({ stdout, stderr }: Ran): readonly string[] {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
    return `${stdout}${stderr}`.match(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g) ?? [];
  }
});

describe('a tree that wants to be run', () => {
  const CANARY = "require('fs').writeFileSync(require('path').join(__dirname, 'canary'), '')\n";
  const files = {
    ...CLINIC,
    'ai-deps.config.js': CANARY,
    '.ai-deps.ts': CANARY,
    'evil.js': CANARY,
    '.npmrc': 'script-shell=./evil.sh\nnode-options=--require ./evil.js\n',
    'tsconfig.json': '{ "extends": "evil", "compilerOptions": { "plugins": [{ "name": "evil" }] } }',
    'node_modules/evil/package.json': '{ "name": "evil", "main": "index.js" }',
    'node_modules/evil/index.js': CANARY,
    'node_modules/ai-deps/package.json': '{ "name": "ai-deps", "main": "index.js", "bin": "index.js" }',
    'node_modules/ai-deps/index.js': CANARY,
    'node_modules/ts-morph/package.json': '{ "name": "ts-morph", "main": "index.js" }',
    'node_modules/ts-morph/index.js': CANARY,
    '.git/config': '[core]\n\tfsmonitor = touch canary\n\thooksPath = .\n\tpager = touch canary\n\tsshCommand = touch canary\n',
  };

  test('is only read', () => {
    const cwd = tree(files);
    expect(run(['-f', 'json'], { cwd }).code).toBe(0);
    expect(readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('canary'))).toEqual([]);
  });

  test('cannot name code in its configuration', () => {
    const cwd = tree({ ...files, 'ai-deps.yml': 'plugins: [./evil.js]\n' });
    expect(run([], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('unknown key "plugins"') });
  });

  test('needs no network', ({ skip }) => {
    const cwd = tree(files);
    const online = run(['-f', 'json'], { cwd }).stdout;
    if (spawnSync('unshare', ['-n', 'true']).status !== 0) return skip();
    const { stdout } = spawnSync('unshare', ['-n', process.execPath, BIN, '-f', 'json'], {
      cwd,
      env: cleanEnv(),
      encoding: 'utf8',
    });
    expect(stdout).toBe(online);
  });
});

describe('a configuration of the tree itself', () => {
  test.each(['criticality', 'declared', 'suppressions'])('%s: a glob cannot keep the audit busy', (key) => {
    const glob = `${'**a'.repeat(12)}b`;
    const entry = {
      criticality: { [glob]: 'critical' },
      declared: [{ failover_tested: '2026-11-01', capabilities: [glob], source: 'wiki' }],
      suppressions: [{ rule: 'manifests/no-lockfile', paths: [glob], reason: 'agreed' }],
    };
    const name = 'a'.repeat(80);
    const cwd = tree({
      'package.json': JSON.stringify({ name, dependencies: { openai: '^6.0.0' } }),
      [`${name}/${name}.ts`]: CLINIC['src/triage.ts'] ?? '',
      'ai-deps.yml': JSON.stringify({ [key]: entry[key as keyof typeof entry] }),
    });
    expect(run(['-f', 'json'], { cwd, timeout: 15_000 }).code).toBe(0);
  });
});

describe('what is no file', () => {
  test('links, pipes and folders with the names of files', ({ skip }) => {
    const cwd = tree({ ...CLINIC, 'src/folder.ts/a.txt': '' });
    if (spawnSync('mkfifo', [join(cwd, 'src/pipe.ts'), join(cwd, '.env')]).status !== 0) return skip();
    symlinkSync('/', join(cwd, 'src/everything'));
    symlinkSync('/etc/passwd', join(cwd, 'src/passwd.ts'));
    symlinkSync('.', join(cwd, 'src/loop'));
    const { code, stdout } = run(['-f', 'json'], { cwd, timeout: 20_000 });
    expect(code).toBe(0);
    const { coverage } = JSON.parse(stdout);
    expect(coverage.skipped).toMatchObject({ symlink: 3 });
    expect(stdout).not.toContain('root:');
  });

  test('a configuration that is a pipe is refused, not waited for', ({ skip }) => {
    const cwd = tree(CLINIC);
    if (spawnSync('mkfifo', [join(cwd, 'ai-deps.yml')]).status !== 0) return skip();
    expect(run([], { cwd, timeout: 20_000 })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not a regular file'),
    });
  });
});
