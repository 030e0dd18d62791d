/** `ai-deps catalog list | show | check | stats | stale`: what the catalog says, without an audit. */
import { UserError } from '../../errors.ts';
import type { Block } from '../../model/page.ts';
import type { CompiledPack } from '../../pack/compiled.ts';
import { compilePacks, packOf } from '../../pack/load.ts';
import { nearest } from '../../pack/nearest.ts';
import { asOfDate, columnsOf, pathFrom, wantsColor } from '../flags.ts';
import { auditedFolder } from '../folder.ts';
import type { Io } from '../io.ts';
import { printReport } from '../print-report.ts';
import { provenanceWords } from './facts.ts';
import { KIND_NAMES, rowsOf } from './kinds.ts';
import { lookUp, shownBlocks } from './show.ts';
import { staleFacts } from './stale.ts';
import { statsOf } from './stats.ts';

export interface CatalogFlags {
  readonly format?: string;
  readonly rules?: readonly string[];
  readonly olderThan?: string;
  readonly asOf?: string;
  readonly color?: boolean;
}

/** What a command found: the same for a program and for a person. */
interface Answer {
  readonly data: unknown;
  readonly blocks: readonly Block[];
}

const HALF_A_YEAR = 182;
const MOST_SHOWN = 30;

export async function catalogList(kind: string | undefined, flags: CatalogFlags, io: Io): Promise<number> {
  return answer(flags, io, async (pack) => (kind === undefined ? overview(pack) : listed(pack, kind)));
}

export async function catalogShow(id: string, flags: CatalogFlags, io: Io): Promise<number> {
  return answer(flags, io, async (pack) => {
    const shown = await lookUp({ pack, catalog: packOf(pack).catalog }, id);
    return { data: shown, blocks: shownBlocks(shown) };
  });
}

export async function catalogStats(flags: CatalogFlags, io: Io): Promise<number> {
  return answer(flags, io, async (pack) => {
    const stats = statsOf(pack);
    return {
      data: stats,
      blocks: [
        table(
          ['what', 'how many'],
          Object.entries(stats).map(([name, count]) => [name, String(count)]),
        ),
      ],
    };
  });
}

export async function catalogStale(flags: CatalogFlags, io: Io): Promise<number> {
  const asOf = asOfDate(flags.asOf, io.env);
  const olderThan = readDays(flags.olderThan);
  return answer(flags, io, async (pack) => {
    const facts = staleFacts(pack, { asOf, olderThan });
    const old = facts.filter(({ age }) => age > olderThan);
    const open = facts.filter(({ verified, weighs }) => !verified && weighs);
    const rows = facts
      .slice(0, MOST_SHOWN)
      .map((fact) => [String(fact.age), `${fact.kind} ${fact.id} ${fact.field}`.trimEnd(), provenanceWords(fact)]);
    const summary = `As of ${asOf}: ${old.length} facts are older than ${olderThan} days; ${open.length} that can change a score are not verified.`;
    const rest = facts.length - rows.length;
    return {
      data: { asOf, olderThan, facts },
      blocks: [{ kind: 'text', text: summary }, table(['days', 'fact', 'source'], rows), ...more(rest)],
    };
  });
}

/** Exit code 2 where something is wrong. */
export async function catalogCheck(folder: string | undefined, flags: CatalogFlags, io: Io): Promise<number> {
  const { checkBuiltin, checkFolder } = await import('./check.ts');
  const checked = folder === undefined ? await checkBuiltin() : await checkFolder(auditedFolder(folder, io), folder);
  const { entries, removed, problems } = checked;
  const counts = Object.entries(entries).map(([name, count]) => `${count} ${name}`);
  const told = `${folder ?? 'built-in catalog'}: ${[...counts, ...(removed > 0 ? [`${removed} taken away`] : [])].join(', ')}`;
  const verdict =
    problems.length === 0 ? 'Nothing is wrong.' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`;
  const blocks: Block[] = [
    { kind: 'text', text: told },
    { kind: 'text', text: verdict },
    table(
      [],
      problems.map((problem) => ['-', problem]),
    ),
  ];
  await print({ data: checked, blocks }, flags, io);
  return problems.length === 0 ? 0 : 2;
}

async function answer(flags: CatalogFlags, io: Io, of: (pack: CompiledPack) => Promise<Answer>): Promise<number> {
  const folders = (flags.rules ?? []).map((folder) => pathFrom(io, folder));
  await print(await of(await compilePacks(folders)), flags, io);
  return 0;
}

async function print({ data, blocks }: Answer, flags: CatalogFlags, io: Io): Promise<void> {
  const { format = 'table' } = flags;
  if (format === 'json') return printReport(`${JSON.stringify(data, null, 2)}\n`, io);
  if (format !== 'table') throw new UserError(`unknown format "${format}"`, { hint: 'choose one of table, json' });
  const { renderPage } = await import('../../report/terminal/page.ts');
  await printReport(renderPage(blocks, { columns: columnsOf(io), color: wantsColor(flags, io) }), io);
}

function overview(pack: CompiledPack): Answer {
  const counts = KIND_NAMES.map((name) => [name, rowsOf(pack, name)?.length ?? 0] as const);
  const hint: Block = {
    kind: 'text',
    text: 'ai-deps catalog list <kind> names them; ai-deps catalog show <id> tells all about one.',
  };
  return {
    data: Object.fromEntries(counts),
    blocks: [
      table(
        ['kind', 'entries'],
        counts.map(([name, count]) => [name, String(count)]),
      ),
      hint,
    ],
  };
}

function listed(pack: CompiledPack, name: string): Answer {
  const rows = rowsOf(pack, name);
  if (rows === undefined) {
    const near = nearest(name, KIND_NAMES);
    throw new UserError(`${name}: no such kind of entry`, {
      hint: near ? `did you mean "${near}"?` : `one of ${KIND_NAMES.join(', ')}`,
    });
  }
  const cells = rows.map(({ id, about, entry }) => [id.replace(' ', ':'), `${about}${entry.verified ? '' : ' (unverified)'}`]);
  return {
    data: { kind: name, count: rows.length, entries: rows.map(({ entry }) => entry) },
    blocks: [table(['id', 'what it is'], cells)],
  };
}

function readDays(text: string | undefined): number {
  if (text === undefined) return HALF_A_YEAR;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UserError(`--older-than ${text}: is no number of days`, { hint: 'for example --older-than 90' });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Block {
  return { kind: 'table', head: rows.length === 0 ? [] : head, rows };
}

function more(count: number): readonly Block[] {
  return count > 0 ? [{ kind: 'text', text: `… and ${count} more: --format json lists all` }] : [];
}
