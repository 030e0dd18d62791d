/** Which rules run: all that are not optional, narrowed by --only and --disable. */
import { UserError } from '../errors.ts';
import type { CompiledRule } from './compile.ts';

export interface Choice {
  readonly only?: readonly string[];
  readonly disable?: readonly string[];
}

/** `chosen` run; `others` are the ids that exist and do not. An id that names no rule is the user's mistake. */
export function choose(
  rules: readonly CompiledRule[],
  { only = [], disable = [] }: Choice,
): { chosen: readonly CompiledRule[]; others: readonly string[] } {
  const ids = rules.map(({ rule }) => rule.id);
  for (const id of [...only, ...disable]) {
    if (ids.some((known) => covers(id, known))) continue;
    const near = ids.filter((known) => shares(known, id)).slice(0, 3);
    throw new UserError(`no rule "${id}"`, {
      hint: near.length ? `did you mean ${near.join(' or ')}?` : 'rule ids look like region/pinned-endpoint',
    });
  }
  const isChosen = (rule: CompiledRule['rule']) => {
    if (disable.some((id) => covers(id, rule.id))) return false;
    return only.length ? only.some((id) => covers(id, rule.id)) : !rule.optional;
  };
  const chosen = rules.filter(({ rule }) => isChosen(rule));
  const running = new Set(chosen.map(({ rule }) => rule.id));
  return { chosen, others: ids.filter((id) => !running.has(id)) };
}

/** A rule by its id, or all rules of a category. */
function covers(id: string, rule: string): boolean {
  return rule === id || rule.startsWith(`${id}/`);
}

function shares(known: string, id: string): boolean {
  const words = id.split(/[/-]/).filter((word) => word.length > 3);
  return words.some((word) => known.includes(word.slice(0, 5)));
}
