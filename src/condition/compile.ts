import { UserError } from '../errors.ts';
import type { Each, Rule, Severity } from '../model/rule.ts';
import { type Checked, type Expression, expressionChecker } from './cel.ts';
import type { Element } from './element.ts';
import type { FieldTable } from './field.ts';
import { FIELDS } from './fields.ts';
import { fillMessage, type Told, unknownPlaceholders } from './message.ts';

/** Where a rule holds: with the level that applies. */
export interface Match {
  readonly severity: Severity;
  readonly p: number | undefined;
}

/** A rule whose expressions and message are checked. */
export interface CompiledRule {
  readonly rule: Rule;
  /** null where the rule is silent about the element. */
  match(element: Element): Match | null;
  /** Node id that an edge rule adds; null for other rules and where it gives none. */
  node(element: Element): string | null;
  /** The message with its placeholders filled; `told` replaces fields of the view. */
  message(element: Element, told?: Told): string;
}

/**
 * Makes rules runnable; throws a UserError that names the rule and the key. All are checked at once, unless they are known to be
 * right: then each is prepared when an element asks for it, which most never do.
 */
export function compileRules(
  rules: readonly Rule[],
  { areChecked = false }: { readonly areChecked?: boolean } = {},
): readonly CompiledRule[] {
  const checkers = new Map<Each, Check>();
  const checkerOf = (each: Each): Check => {
    const check = checkers.get(each) ?? expressionChecker(FIELDS[each]);
    checkers.set(each, check);
    return check;
  };
  return rules.map((rule) => {
    let made = areChecked ? undefined : prepare(rule, checkerOf(rule.each));
    const ready = (): Prepared => {
      made ??= prepare(rule, checkerOf(rule.each));
      return made;
    };
    return {
      rule,
      match: (element) => {
        const { when, levels } = ready();
        if (evaluate(rule, when, element) !== true) return null;
        const level = levels.find((candidate) => evaluate(rule, candidate.holds, element) === true);
        return { severity: level?.severity ?? rule.severity, p: level?.p ?? rule.p };
      },
      node: (element) => {
        const { adds } = ready();
        const node = adds === null ? null : evaluate(rule, adds, element);
        return typeof node === 'string' && node !== '' ? node : null;
      },
      message: (element, told = {}) => fillMessage({ message: rule.message, fields: FIELDS[rule.each] }, element.view, told),
    };
  });
}

type Check = ReturnType<typeof expressionChecker>;

interface Prepared {
  readonly when: Expression;
  readonly levels: readonly (NonNullable<Rule['levels']>[number] & { readonly holds: Expression })[];
  readonly adds: Expression | null;
}

function prepare(rule: Rule, check: Check): Prepared {
  checkShape(rule);
  const when = need(rule, 'when', check(rule.when, 'bool'));
  const levels = (rule.levels ?? []).map((level, index) => ({
    ...level,
    holds: need(rule, `levels[${index}].when`, check(level.when, 'bool')),
  }));
  const adds = rule.adds === undefined ? null : need(rule, 'adds.node', check(rule.adds.node, 'string'));
  const fields: FieldTable = FIELDS[rule.each];
  for (const name of unknownPlaceholders(rule.message, fields)) {
    throw new UserError(`rules/${rule.id}.yml: message: ${rule.each} has no field {${name}}`, {
      hint: `fields of ${rule.each}: ${Object.keys(fields).sort().join(', ')}`,
    });
  }
  return { when, levels, adds };
}

function need(rule: Rule, key: string, checked: Checked): Expression {
  if ('run' in checked) return checked.run;
  throw new UserError(`rules/${rule.id}.yml: ${key}: ${checked.problem}`, {
    hint: `see the fields of ${rule.each}: ai-deps rules show ${rule.id}`,
  });
}

/** Each effect needs its own keys: a factor without a dimension would weigh nothing. */
function checkShape(rule: Rule): void {
  const missing: string[] = [];
  if (rule.effect === 'factor' && rule.dimension === undefined) missing.push('dimension');
  if (rule.effect === 'edge' && rule.adds === undefined) missing.push('adds');
  const [key] = missing;
  if (key !== undefined) {
    throw new UserError(`rules/${rule.id}.yml: ${key}: missing; a rule with effect ${rule.effect} needs it`, {
      hint: key === 'dimension' ? 'add dimension: lockIn or dimension: lifecycle' : 'add adds: { layer, node, k }',
    });
  }
  for (const p of [rule.p, ...(rule.levels ?? []).map((level) => level.p)]) {
    if (p === undefined || (p >= 0 && p <= 1)) continue;
    throw new UserError(`rules/${rule.id}.yml: p: ${p} is outside 0 to 1`, {
      hint: 'p is the share of lock-in or fault it adds',
    });
  }
}

function evaluate(rule: Rule, expression: Expression, element: Element): unknown {
  try {
    return expression(element.view);
  } catch (error) {
    throw new UserError(`rules/${rule.id}.yml: when: cannot be evaluated for ${element.id}: ${String(error).split('\n', 1)[0]}`, {
      hint: 'guard absent facts with != null',
    });
  }
}
