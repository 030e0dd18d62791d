import { readFile } from 'node:fs/promises';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { UserError } from '../errors.ts';
import { rulesFolder } from './folder.ts';
import { nearest } from './nearest.ts';

/** Checks parsed YAML against a schema of rules/schema/; throws a UserError that names file, key and remedy. */
export type Validate = (schema: string, data: unknown, shown: string) => Promise<void>;

/** Makes a validator that compiles each schema once. ajv costs ~40 ms to load, so only packs read from YAML pay for it. */
export async function createValidate(): Promise<Validate> {
  const { Ajv } = await import('ajv');
  const ajv = new Ajv({ strict: true, strictRequired: false, verbose: true });
  const compiled = new Map<string, ValidateFunction>();
  return async (schema, data, shown) => {
    let check = compiled.get(schema);
    if (!check) {
      const text = await readFile(new URL(`schema/${schema}.schema.json`, rulesFolder()), 'utf8');
      check = ajv.compile(JSON.parse(text));
      compiled.set(schema, check);
    }
    if (check(data)) return;
    const error = check.errors?.[0];
    throw error ? refusal(error, shown) : new UserError(`${shown}: does not fit its schema`);
  };
}

function refusal(error: ErrorObject, shown: string): UserError {
  const at = error.instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~').replaceAll('/', '.');
  const { problem, hint } = describe(error);
  return new UserError(`${shown}: ${at === '' ? '' : `${at}: `}${problem}`, { hint });
}

function describe(error: ErrorObject): { problem: string; hint: string } {
  const params: Record<string, unknown> = error.params;
  const about = descriptionOf(error.parentSchema);
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = Object.keys(error.parentSchema?.properties ?? {});
      const near = nearest(key, known);
      return {
        problem: `unknown key "${key}"`,
        hint: near ? `did you mean "${near}"?` : `known keys: ${known.sort().join(', ')}`,
      };
    }
    case 'required':
      return {
        problem: `key "${String(params.missingProperty)}" is missing`,
        hint: 'add it; the schema under rules/schema/ says what it means',
      };
    case 'type':
      return {
        problem: `must be ${String(params.type)}, is ${typeName(error.data)}`,
        hint: about || 'texts that look like numbers or booleans need quotes',
      };
    case 'enum': {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [];
      const near = nearest(String(error.data), allowed);
      return {
        problem: `unknown value "${String(error.data)}"`,
        hint: near ? `did you mean "${near}"?` : `one of ${allowed.join(', ')}`,
      };
    }
    case 'pattern':
      return {
        problem: `"${String(error.data).slice(0, 80)}" does not match ${String(params.pattern)}`,
        hint: about || 'write it in that form',
      };
    default:
      return { problem: error.message ?? error.keyword, hint: about || 'see the schema under rules/schema/' };
  }
}

function descriptionOf(schema: unknown): string {
  const text = typeof schema === 'object' && schema !== null && 'description' in schema ? schema.description : '';
  return typeof text === 'string' ? text : '';
}

function typeName(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
