/** Defaults that no call reaches: of a parameter that every caller gives, of an object that runs no model. */
import type { Arg, Expr, Span, StringUse } from '../model/source.ts';
import { contextOf } from './contexts.ts';
import type { CallSite, Sites } from './sites.ts';
import type { LooseUse } from './uses.ts';
import { alternatives, type Module } from './value.ts';
import { functionKey, surfacesOf, type World } from './world.ts';

const DEPTH = 6;

interface Parameter {
  readonly function: string;
  readonly name: string;
  readonly index: number;
  readonly isConstructor: boolean;
}

/** Tells of a default whether any model call can get it. Where a use says so itself, that counts and not this. */
export function unreachedIn(
  world: World,
  { sites, uses }: { sites: Sites; uses: readonly LooseUse[] },
): (module: Module, use: StringUse) => boolean {
  const busy = new Set(uses.flatMap(({ path, site }) => [path, site.module.path]));
  const isQuiet = (module: Module) =>
    !busy.has(module.path) && module.unit.imports.every((entry) => !surfacesOf(world, entry.module, module.path).length);
  const handed = handedTo(sites);
  const parameters = new Map<Module, ReadonlyMap<string, Parameter>>();
  return (module, { role, at }) => {
    if (role !== 'default') return false;
    let known = parameters.get(module);
    if (!known) parameters.set(module, (known = parametersOf(module)));
    const parameter = known.get(placeKey(at));
    if (parameter) return (parameter.isConstructor && isQuiet(module)) || isAlwaysGiven(sites, parameter);
    const makers = handed.get(`${module.path} ${placeKey(at)}`);
    return makers?.length ? makers.every(isQuiet) : false;
  };
}

function placeKey({ line, column }: Span): string {
  return `${line}:${column}`;
}

function parametersOf(module: Module): ReadonlyMap<string, Parameter> {
  const constructors = new Set(
    module.unit.types.flatMap(({ methods }) =>
      methods.flatMap(({ name, value }) => (name === 'constructor' && value.kind === 'function' ? [value.block] : [])),
    ),
  );
  return new Map(
    module.unit.bindings.flatMap(({ param, scope, name }) =>
      param?.fallback
        ? [
            [
              placeKey(param.fallback.at),
              { function: functionKey(module, scope), name, index: param.index, isConstructor: constructors.has(scope) },
            ] as const,
          ]
        : [],
    ),
  );
}

/** Somebody calls it, and whoever does gives the parameter something. */
function isAlwaysGiven({ callers }: Sites, { function: called, name, index }: Parameter): boolean {
  const all = (callers.get(called) ?? []).filter(({ module }) => contextOf(module.path) === 'production');
  return all.length > 0 && all.every(({ site }) => isGiven(site.call.args, name, index));
}

function isGiven(args: readonly Arg[], name: string, index: number): boolean {
  if (args.some((arg) => arg.name === name)) return true;
  const placed = args.filter((arg) => arg.name === undefined);
  return placed.length > index && placed.slice(0, index + 1).every(({ value }) => value.kind !== 'spread');
}

/** Texts of keyword arguments -> the modules of the classes that take them. */
function handedTo({ all }: Sites): ReadonlyMap<string, readonly Module[]> {
  const handed = new Map<string, readonly Module[]>();
  for (const { module, site, callee } of all) {
    const makers = classesOf(callee);
    if (!makers.length) continue;
    for (const { name, value } of site.call.args)
      if (name !== undefined) for (const { at } of textsIn(value)) handed.set(`${module.path} ${placeKey(at)}`, makers);
  }
  return handed;
}

function classesOf(callee: CallSite['callee']): readonly Module[] {
  const parts = alternatives(callee);
  return parts.every(({ kind }) => kind === 'class') ? parts.flatMap((part) => (part.kind === 'class' ? [part.module] : [])) : [];
}

function textsIn(value: Expr, depth = 0): readonly Expr[] {
  if (value.kind === 'text') return [value];
  return value.kind === 'choice' && depth < DEPTH ? value.of.flatMap((part) => textsIn(part, depth + 1)) : [];
}
