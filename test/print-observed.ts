/** A short, stable text of what a detector observed: one line per thing, for the `expected.txt` of fixtures. */
import type { Observed } from '../src/model/observed.ts';
import type { Arg, Binding, Block, Expr, Field, Site, Span, StringUse, TypeDecl, Unit } from '../src/model/source.ts';

type Call = Expr & { kind: 'call' };

/** Prints everything an observation holds, sections in a fixed order, each in the order of the text. */
export function printObserved(observed: Observed): string {
  const lines = [
    ...(observed.degraded ? [`degraded ${observed.degraded}`] : []),
    ...(observed.problems ?? []).map(({ reason, message, at }) => `problem ${reason}${at ? ` ${place(at)}` : ''} ${message}`),
    ...(observed.unit ? unitLines(observed.unit) : []),
    ...manifestLines(observed),
    ...(observed.packages ?? []).map(
      (entry) => `package ${entry.ecosystem} ${entry.name} ${entry.version || '-'} ${entry.group} ${place(entry.at)}`,
    ),
    ...(observed.declarations ?? []).map(
      ({ format, block, labels, body, at }) =>
        `declaration ${format} ${[block, ...labels].join(' ')} ${place(at)} ${print(body)}`,
    ),
    ...(observed.tools ?? []).map(({ kind, name, runs, host, at }) =>
      ['tool', kind, name, runs && `runs ${runs}`, host && `at ${host}`, place(at)].filter(Boolean).join(' '),
    ),
    ...(observed.settings ?? []).map(({ name, value, at }) => `setting ${name}${value ? ` = ${print(value)}` : ''} ${place(at)}`),
  ];
  return lines.length ? `${lines.join('\n')}\n` : 'nothing\n';
}

function manifestLines({ manifest, paths, pathsBase, extends: bases }: Observed): string[] {
  const lines: string[] = [];
  if (manifest) {
    lines.push(`manifest ${manifest.ecosystem} ${manifest.name ?? '-'}`);
    for (const member of manifest.workspaces) lines.push(`  workspace ${member}`);
    for (const entry of manifest.entries) lines.push(`  entry ${entry}`);
    for (const [alias, targets] of Object.entries(manifest.aliases)) lines.push(`  alias ${alias} -> ${targets.join(', ')}`);
  }
  if (pathsBase !== undefined) lines.push(`paths base ${pathsBase || '.'}`);
  for (const [alias, targets] of Object.entries(paths ?? {})) lines.push(`path ${alias} -> ${targets.join(', ')}`);
  for (const base of bases ?? []) lines.push(`extends ${base}`);
  return lines;
}

function unitLines(unit: Unit): string[] {
  return [
    ...unit.imports.map(
      ({ local, module, name, typeOnly, block, at }) =>
        `import ${name} as ${local} from ${module}${typeOnly ? ' (type)' : ''}${within(block)} ${place(at)}`,
    ),
    ...unit.exports.map(({ name, value, from, at }) => {
      const source = from ? ` from ${from.module} ${from.name}` : '';
      return `export ${name}${value ? ` = ${print(value)}` : ''}${source} ${place(at)}`;
    }),
    ...unit.blocks.flatMap((block, id) => (id === 0 ? [] : [blockLine(block, id)])),
    ...unit.types.flatMap(typeLines),
    ...unit.bindings.map(bindingLine),
    ...unit.sites.map(siteLine),
    ...unit.strings.map(stringLine),
    ...unit.directives.map(({ text, at }) => `directive ${JSON.stringify(text)} ${place(at)}`),
  ];
}

function blockLine({ kind, parent, pair, exits, over, symbol }: Block, id: number): string {
  const parts = [
    `block ${id} ${kind} in ${parent}`,
    ...(pair === undefined ? [] : [`pair ${pair}`]),
    ...(exits ? ['exits'] : []),
    ...(symbol ? [symbol] : []),
    ...(over ? [`over ${print(over)}`] : []),
  ];
  return parts.join(' ');
}

function typeLines(type: TypeDecl): string[] {
  const bases = type.extends.length ? ` extends ${list(type.extends)}` : '';
  const annotations = type.annotations.map((annotation) => ` @${print(annotation)}`).join('');
  return [
    `type ${type.name}${bases}${annotations} block ${type.block} ${place(type.at)}`,
    ...type.fields.map((field) => `  field ${fieldText(field)} ${place(field.at)}`),
    ...type.methods.map(
      ({ name, value, static: isStatic, getter }) =>
        `  method ${isStatic ? 'static ' : ''}${getter ? 'getter ' : ''}${name} = ${print(value)}`,
    ),
  ];
}

function fieldText({ name, value, declaredType, static: isStatic }: Field): string {
  return `${isStatic ? 'static ' : ''}${name}${declaredType ? `: ${print(declaredType)}` : ''}${value ? ` = ${print(value)}` : ''}`;
}

function bindingLine({ name, scope, value, declaredType, param, block, at }: Binding): string {
  const parts = [`binding ${name}${declaredType ? `: ${print(declaredType)}` : ''}`];
  if (value) parts.push(`= ${print(value)}`);
  if (param)
    parts.push(
      `param ${[param.index, ...param.path].join('.')}${param.rest ? ` rest ${param.rest}` : ''}${param.fallback ? ` ?? ${print(param.fallback)}` : ''}`,
    );
  parts.push(`scope ${scope}${block === scope ? '' : ` block ${block}`}`, place(at));
  return parts.join(' ');
}

function siteLine({ call, block }: Site, id: number): string {
  return `site ${id}${within(block)} ${range(call.at)} ${callText(call)}`;
}

function stringLine({ text, role, key, beside, block, at }: StringUse): string {
  const others = beside && Object.keys(beside).length ? ` beside ${JSON.stringify(beside)}` : '';
  return `string ${JSON.stringify(text)} ${role}${key === undefined ? '' : ` ${key}`}${others}${within(block)} ${place(at)}`;
}

function within(block: number): string {
  return block === 0 ? '' : ` in ${block}`;
}

function place({ line, column }: Span): string {
  return `@${line}:${column}`;
}

function range({ line, column, endLine, endColumn }: Span): string {
  return `@${line}:${column}-${endLine}:${endColumn}`;
}

function list(exprs: readonly Expr[], separator = ', '): string {
  return exprs.map(print).join(separator);
}

/** An expression on one line. A call that has a site is `#site`: its own line says the rest. */
function print(expr: Expr): string {
  switch (expr.kind) {
    case 'text':
      return JSON.stringify(expr.text);
    case 'constant':
      return String(expr.value);
    case 'name':
      return expr.name;
    case 'member':
      return `${print(expr.of)}${expr.name.kind === 'text' ? `.${expr.name.text}` : `[${print(expr.name)}]`}`;
    case 'call':
      return expr.site < 0 ? callText(expr) : `#${expr.site}`;
    case 'join':
      return `join(${list(expr.parts)})`;
    case 'choice':
      return `${expr.by}(${list(expr.of, ' | ')})`;
    case 'record':
      return `{${[...expr.entries.map(({ key, value }) => (key === '...' ? print(value) : `${key}: ${print(value)}`)), ...(expr.open ? ['?'] : [])].join(', ')}}`;
    case 'list':
      return `[${list(expr.items)}]`;
    case 'spread':
      return `...${print(expr.of)}`;
    case 'function':
      return `fn(block ${expr.block})${expr.returns.length ? ` -> ${list(expr.returns, ' | ')}` : ''}`;
    case 'env':
      return `env(${expr.name}${expr.fallback ? ` ?? ${print(expr.fallback)}` : ''})`;
    case 'unknown':
      return `?${expr.why}`;
  }
}

function callText({ callee, args, construct }: Call): string {
  return `${construct ? 'new ' : ''}${print(callee)}(${args.map(argText).join(', ')})`;
}

function argText({ name, value }: Arg): string {
  return name === undefined ? print(value) : `${name}=${print(value)}`;
}
