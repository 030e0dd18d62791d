/** What an id means: entries of every table, hosts, environment names, actions, and model ids as code writes them. */

import type { Catalog } from '../../model/catalog.ts';
import type { ModelMatch } from '../../model/match.ts';
import type { CompiledPack } from '../../pack/compiled.ts';
import { allRows, type Row } from './kinds.ts';

export interface Found {
  readonly rows: readonly Row[];
  /** The id read as a model id. */
  readonly model?: ModelMatch;
}

export interface Opened {
  readonly pack: CompiledPack;
  readonly catalog: Catalog;
}

/** Everything an id may stand for. */
export function find({ pack, catalog }: Opened, id: string): Found {
  const rows = allRows(pack);
  const named = new Set(namesIn(catalog, id));
  const found = rows.filter((row) => named.has(`${row.kind.table} ${row.id}`) || namesOf(row).includes(id));
  const unlike = found.some(({ kind }) => kind.table !== 'families');
  const model = catalog.model(id, true);
  // `openai` is no model for being a prefix of some; what has a family is.
  return model?.family === undefined || (unlike && !/[\d/:.]/.test(id)) ? { rows: found } : { rows: found, model };
}

/** What a row is called: its key, and the shorter forms people type. */
export function namesOf({ kind, id, entry }: Row): readonly string[] {
  const [first = '', ...rest] = id.split(' ');
  const last = rest.join(' ');
  if (kind.table === 'packages') return [`${first}:${last}`, last];
  if (kind.table === 'regions') return [`${first}:${last}`, last, ...stringsIn(entry, 'aliases')];
  if (kind.table === 'retirements') return [`${first}:${last}`];
  if (kind.table === 'resources') return [last, `${first}:${last}`];
  if (kind.table === 'scopes') return [`${first}:${last}`];
  if (kind.table === 'notices' || kind.table === 'prefixes') return [];
  return kind.table === 'tools' ? [id, ...stringsIn(entry, 'actions')] : [id];
}

/** Rows that a host, URL, environment name or image leads to. */
function namesIn(catalog: Catalog, id: string): readonly string[] {
  const host = id.replace(/^[a-z]+:\/\//, '').split('/', 1)[0] ?? '';
  const providers = [
    host.includes('.') ? catalog.host(host)?.provider : undefined,
    /^[A-Z][A-Z0-9_]+$/.test(id) ? catalog.env(id) : undefined,
    id.includes('/') ? catalog.image(id) : undefined,
  ];
  return providers.flatMap((provider) => (provider === undefined ? [] : [`providers ${provider.id}`]));
}

function stringsIn(entry: object, field: string): readonly string[] {
  const value: unknown = new Map(Object.entries(entry)).get(field);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
