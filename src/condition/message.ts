import type { FieldTable, View } from './field.ts';

const PLACEHOLDER = /\{([A-Za-z]+)\}/g;
const MAX_ITEMS = 4;

/** Names in a message that the view does not have. */
export function unknownPlaceholders(message: string, fields: FieldTable): readonly string[] {
  return [...message.matchAll(PLACEHOLDER)].flatMap((match) => {
    const name = match[1] ?? '';
    return Object.hasOwn(fields, name) || name === 'asOf' || name === 'home' ? [] : [name];
  });
}

/** What a message says in place of a field of the view. */
export type Told = Readonly<Record<string, readonly string[]>>;

/** A message template with the table its fields come from. */
export interface Template {
  readonly message: string;
  readonly fields: FieldTable;
}

/** Fills the placeholders of a message. */
export function fillMessage({ message, fields }: Template, view: View, told: Told): string {
  return message.replace(PLACEHOLDER, (whole, name: string) => {
    const value = told[name] ?? view[name];
    return value === undefined ? whole : show(value, fields[name]?.type === 'share');
  });
}

function show(value: View[string], share: boolean): string {
  if (value === null || isPolicy(value)) return 'unknown';
  if (typeof value === 'number') return share ? `${decimal(value * 100)} %` : decimal(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (value.length === 0) return 'none';
  const shown = value.slice(0, MAX_ITEMS).join(', ');
  return value.length > MAX_ITEMS ? `${shown} and ${value.length - MAX_ITEMS} more` : shown;
}

function decimal(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

/** The policy is for conditions; a message that names it has nothing to say. */
function isPolicy(value: View[string]): value is View['policy'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
