import { type FileHandle, open } from 'node:fs/promises';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { UserError } from '../errors.ts';

const CAP = 4 * 1024 * 1024;
const MAX_ALIASES = 500;
const MAX_VALUES = 500_000;

/** Parses one YAML file of a pack into plain data; refuses what is too large, too bushy or no YAML. */
export async function readYaml(path: string, shown: string): Promise<unknown> {
  const text = await readCapped(path, shown);
  const data = parse(text, shown);
  checkShape(data, shown);
  return data;
}

async function readCapped(path: string, shown: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const size = (await file.stat()).size;
    if (size > CAP) {
      throw new UserError(`${shown}: ${size} bytes, more than the ${CAP} a pack file may have`, {
        hint: 'split the table into several files',
      });
    }
    return await file.readFile('utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${shown}: cannot be read (${reasonOf(error)})`, { hint: 'check the path and its permissions' });
  } finally {
    await file?.close();
  }
}

function parse(text: string, shown: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA, maxDepth: 50, maxAliases: MAX_ALIASES });
  } catch (error) {
    const where = error instanceof YAMLException && error.mark ? `:${error.mark.line + 1}:${error.mark.column + 1}` : '';
    const reason = error instanceof YAMLException ? error.reason : reasonOf(error);
    throw new UserError(`${shown}${where}: no valid YAML: ${reason}`, {
      hint: 'plain YAML 1.2, one document; texts with ": ", "#" or a leading "*", "@" or "{" need quotes',
    });
  }
}

/** Aliases can make a small file an endless tree, and `__proto__` is no name for anything. */
function checkShape(data: unknown, shown: string): void {
  const open: unknown[] = [data];
  let seen = 0;
  while (open.length > 0) {
    const value = open.pop();
    seen += 1;
    if (seen > MAX_VALUES) {
      throw new UserError(`${shown}: more than ${MAX_VALUES} values, aliases written out`, {
        hint: 'write the entries without aliases',
      });
    }
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) {
      throw new UserError(`${shown}: key "__proto__" is not allowed`, { hint: 'remove the key' });
    }
    for (const child of Object.values(value)) open.push(child);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? error.name) : String(error);
}
