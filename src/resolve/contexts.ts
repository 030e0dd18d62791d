/** What a path is for: production unless it says otherwise. */
import type { Context } from '../model/collected.ts';

const FOLDERS: readonly (readonly [Context, ReadonlySet<string>])[] = [
  ['generated', new Set(['generated', '__generated__', 'gen', '.prisma'])],
  [
    'test',
    new Set([
      'test',
      'tests',
      '__tests__',
      'spec',
      'specs',
      'e2e',
      '__mocks__',
      'mocks',
      'cypress',
      'playwright',
      'testdata',
      '__fixtures__',
      'fixtures',
      'test-utils',
      '__snapshots__',
    ]),
  ],
  [
    'example',
    new Set([
      'example',
      'examples',
      'sample',
      'samples',
      'demo',
      'demos',
      'cookbook',
      'cookbooks',
      'tutorial',
      'tutorials',
      'playground',
      'playgrounds',
      'quickstart',
      'quickstarts',
    ]),
  ],
  [
    'tooling',
    new Set([
      '.github',
      '.gitlab',
      '.circleci',
      '.storybook',
      'benchmarks',
      'notebooks',
      '.devcontainer',
      '.vscode',
      '.husky',
      'seeds',
    ]),
  ],
];
/** Ordinary words inside an application (`lib/ai/tools`): they say something only at the top of the tree or of a member package. */
const TOP_FOLDERS: readonly (readonly [Context, ReadonlySet<string>])[] = [
  ['docs', new Set(['docs', 'doc', 'documentation', 'website'])],
  ['tooling', new Set(['scripts', 'script', 'tools', 'tooling', 'ci', 'bench', 'benchmark', 'eval', 'evals', 'evaluation'])],
];
const MEMBERS = new Set(['packages', 'apps', 'services', 'libs', 'modules']);
const TEST_FILE = /(?:[._-](?:test|tests|spec|mock|mocks|e2e|stories|story|fixture)\.[a-z]+$)|(?:^(?:test|conftest)[._])/i;
const TOOL_FILE =
  /(?:\.config\.[cm]?[jt]s$)|(?:^(?:gulpfile|gruntfile|webpack|rollup|vite|jest|playwright|tailwind|postcss|eslint|seed)[.\w-]*\.[cm]?[jt]s$)|\.ipynb$/i;
const GENERATED_FILE = /(?:\.(?:gen|generated|min|bundle)\.[a-z]+$)|(?:_pb\.[a-z]+$)/i;
/** What somebody kept aside before a rewrite. */
const KEPT_FILE = /[._-](?:backup|bak|old|orig)\.[a-z]+$/i;
/** Steps that once took a database from one state to the next, numbered by the tool that wrote them. */
const MIGRATION = /(?:^|\/)(?:migrations\/(?:versions\/)?(?:\d{4}_|[0-9a-f]{10,14}_)|alembic\/versions\/)[\w.-]+\.py$/i;
const DOC_FILE = /\.(?:mdx?|rst|adoc)$/i;

const KNOWN = new Map<string, Context>();

/** Context of a path relative to the root. The first folder that says something decides; file names win. */
export function contextOf(path: string): Context {
  let context = KNOWN.get(path);
  if (!context) KNOWN.set(path, (context = contextBy(path)));
  return context;
}

function contextBy(path: string): Context {
  const parts = path.toLowerCase().split('/');
  const name = parts.pop() ?? '';
  if (TEST_FILE.test(name)) return 'test';
  if (GENERATED_FILE.test(name) || MIGRATION.test(path)) return 'generated';
  if (KEPT_FILE.test(name)) return 'example';
  for (const [context, folders] of FOLDERS) if (parts.some((part) => folders.has(part))) return context;
  const top = MEMBERS.has(parts[0] ?? '') ? [parts[0], parts[2]] : [parts[0]];
  for (const [context, folders] of TOP_FOLDERS) if (top.some((part) => part !== undefined && folders.has(part))) return context;
  if (DOC_FILE.test(name)) return 'docs';
  return TOOL_FILE.test(name) ? 'tooling' : 'production';
}
