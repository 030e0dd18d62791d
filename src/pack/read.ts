import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { byCodePoint, keyOf, type PackContents, TABLE_NAMES, type TableName } from './compiled.ts';
import { type Entry, entriesOf, isRecord } from './entries.ts';
import { placeOf } from './layout.ts';
import { refusePatterns } from './patterns.ts';
import { createValidate } from './validate.ts';
import { readYaml } from './yaml.ts';

// What else lies in a pack's folder: its schemas, and the fixtures of its rules.
const NOT_READ = new Set(['schema', 'fixtures', 'node_modules']);
const MAX_DEPTH = 6;
const MAX_FILES = 5000;

interface Draft {
  readonly rows: Map<TableName, Map<string, { readonly entry: Entry; readonly file: string }>>;
  readonly removed: Map<TableName, string[]>;
  readonly scoring: Entry[];
}

/** Reads a folder of YAML into the contents of a pack; whatever does not fit is a UserError that names file, key and remedy. */
export async function readPack(folder: string, shown: string = folder): Promise<PackContents> {
  const files = await listFiles(folder, shown);
  if (files.length === 0) {
    throw new UserError(`${shown}: no pack file`, {
      hint: 'a pack holds catalog/…, <category>/<rule>.yml, scenarios/… or scoring.yml',
    });
  }
  const validate = await createValidate();
  const draft: Draft = { rows: new Map(), removed: new Map(), scoring: [] };
  const wrong: UserError[] = [];
  for (const file of files) {
    const name = `${shown.replace(/\/$/, '')}/${file}`;
    try {
      await readFile({ draft, validate }, { file, name, path: join(folder, file) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      wrong.push(error);
    }
  }
  refuseWrong(wrong);
  return contentsOf(draft);
}

interface Reading {
  readonly draft: Draft;
  readonly validate: Awaited<ReturnType<typeof createValidate>>;
}

async function readFile(
  { draft, validate }: Reading,
  { file, name, path }: { readonly file: string; readonly name: string; readonly path: string },
): Promise<void> {
  const place = placeOf(file.slice(0, -'.yml'.length));
  if (!place) {
    throw new UserError(`${name}: no place for a pack file`, {
      hint: 'catalog/<table>/<id>.yml, catalog/clouds.yml, scenarios/<id>.yml, scoring.yml, or <category>/<rule>.yml for a rule',
    });
  }
  const data = await readYaml(path, name);
  await validate(place.schema, data, name);
  if (!isRecord(data)) throw new UserError(`${name}: must be a mapping`);
  if (place.table === 'scoring') draft.scoring.push(data);
  else collect(draft, place.table, { name, found: entriesOf(place, data, name) });
}

/** Every file that is wrong is named: one that is mended after the other would take as many runs. */
function refuseWrong([first, ...others]: readonly UserError[]): void {
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const told = ({ message, hint }: UserError): string => (hint === undefined ? message : `${message} (${hint})`);
  throw new UserError(told(first), {
    others: others.map(told),
    hint: `${others.length + 1} files are wrong; each is named with its first mistake`,
  });
}

async function listFiles(folder: string, shown: string): Promise<readonly string[]> {
  await refuseMissing(folder, shown);
  const { default: fastGlob } = await import('fast-glob');
  const files = await fastGlob('**/*.{yml,yaml}', {
    cwd: folder,
    deep: MAX_DEPTH + 1,
    followSymbolicLinks: false,
    ignore: [...NOT_READ].map((name) => `${name}/**`),
  });
  const wrong = files.find((file) => file.endsWith('.yaml'));
  if (wrong) throw new UserError(`${shown}/${wrong}: pack files end in .yml`, { hint: 'rename it' });
  if (files.length > MAX_FILES)
    throw new UserError(`${shown}: more than ${MAX_FILES} files`, { hint: 'is this the folder of a pack?' });
  return files.sort(byCodePoint);
}

async function refuseMissing(path: string, shown: string): Promise<void> {
  try {
    await readdir(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UserError(`${shown}: cannot be read as a folder (${code})`, {
      hint: 'give the folder of a pack, the one that holds catalog/ or the rules',
    });
  }
}

function collect(draft: Draft, table: TableName, read: { name: string; found: ReturnType<typeof entriesOf> }): void {
  if (read.found.removed !== undefined) {
    draft.removed.set(table, [...(draft.removed.get(table) ?? []), read.found.removed]);
    return;
  }
  const rows = draft.rows.get(table) ?? new Map<string, { entry: Entry; file: string }>();
  draft.rows.set(table, rows);
  for (const entry of read.found.entries) {
    refusePatterns(table, entry, read.name);
    const key = keyOf(table, entry);
    const earlier = rows.get(key);
    if (earlier) {
      throw new UserError(`${read.name}: "${key}" stands in ${earlier.file} already`, { hint: 'keep one of the two' });
    }
    rows.set(key, { entry, file: read.name });
  }
}

function contentsOf(draft: Draft): PackContents {
  const tables = Object.fromEntries(
    TABLE_NAMES.map((table) => {
      const rows = [...(draft.rows.get(table) ?? new Map<string, { entry: Entry }>())];
      return [table, rows.sort(([left], [right]) => byCodePoint(left, right)).map(([, row]) => row.entry)];
    }),
  );
  // Each file was validated against the schema of its table: from here on the entries are typed.
  return {
    tables: tables as unknown as PackContents['tables'],
    removed: Object.fromEntries(draft.removed) as PackContents['removed'],
    scoring: (draft.scoring[0] ?? {}) as PackContents['scoring'],
  };
}
