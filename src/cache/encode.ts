import type { Span } from '../model/source.ts';
import { DEEPEST, folded, TAG, type Tables } from './layout.ts';
import { createByteWriter } from './small-numbers.ts';

/** Turns plain data into bytes, filling the tables as it goes. */
export class Encoder {
  readonly #tables: Tables;
  readonly #textIds: Map<string, number>;
  readonly #shapes: ShapeNode = { next: new Map() };
  readonly #writer = createByteWriter();
  #seen = new Map<object, number>();

  constructor(tables: Tables) {
    this.#tables = tables;
    this.#textIds = new Map(tables.texts.map((text, id) => [text, id]));
    for (const [id, shape] of tables.shapes.entries()) this.#shapeNode(shape).id = id;
  }

  /** undefined where the value nests too deep or holds something that is no plain data. */
  encode(value: unknown): Uint8Array | undefined {
    this.#seen = new Map();
    const isPlain = this.#write(value, 0);
    const bytes = this.#writer.take();
    return isPlain ? bytes : undefined;
  }

  #write(value: unknown, depth: number): boolean {
    if (typeof value === 'string') this.#emit(TAG.text, this.#textId(value));
    else if (typeof value === 'number') this.#writeNumber(value);
    else if (value === undefined) this.#emit(TAG.absent);
    else if (value === null) this.#emit(TAG.nothing);
    else if (typeof value === 'boolean') this.#emit(value ? TAG.yes : TAG.no);
    else return typeof value === 'object' && depth < DEEPEST && this.#writeObject(value, depth + 1);
    return true;
  }

  #writeNumber(value: number): void {
    const isNegativeZero = Object.is(value, -0);
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !isNegativeZero) this.#emit(TAG.integer, folded(value));
    else this.#emit(TAG.real, this.#textId(isNegativeZero ? '-0' : String(value)));
  }

  #writeObject(value: object, depth: number): boolean {
    if (isSpan(value)) {
      this.#emit(TAG.span);
      this.#emit(value.line, value.column);
      this.#emit(folded(value.endLine - value.line), folded(value.endColumn - value.column));
      return true;
    }
    const earlier = this.#seen.get(value);
    if (earlier !== undefined) {
      this.#emit(TAG.again, earlier);
      return true;
    }
    this.#seen.set(value, this.#seen.size);
    if (Array.isArray(value)) {
      this.#emit(TAG.list, value.length);
      return value.every((item) => this.#write(item, depth));
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) return false;
    this.#emit(prototype === null ? TAG.bareRecord : TAG.record, this.#shapeId(Object.keys(value)));
    const values: readonly unknown[] = Object.values(value);
    return values.every((item) => this.#write(item, depth));
  }

  #emit(first: number, second?: number): void {
    this.#writer.push(first);
    if (second !== undefined) this.#writer.push(second);
  }

  #textId(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    this.#textIds.set(text, this.#tables.texts.length);
    return this.#tables.texts.push(text) - 1;
  }

  #shapeId(keys: readonly string[]): number {
    const node = this.#shapeNode(keys);
    node.id ??= this.#tables.shapes.push(keys) - 1;
    return node.id;
  }

  #shapeNode(keys: readonly string[]): ShapeNode {
    let node = this.#shapes;
    for (const key of keys) {
      let child = node.next.get(key);
      if (child === undefined) {
        child = { next: new Map() };
        node.next.set(key, child);
      }
      node = child;
    }
    return node;
  }
}

/** A tree by key: no way of joining keys into one text would keep hostile ones apart. */
interface ShapeNode {
  readonly next: Map<string, ShapeNode>;
  id?: number;
}

/** Spans are half of all objects: four numbers without a shape. Another order of keys would be other bytes in a report. */
function isSpan(value: object): value is Span {
  if (!('line' in value && 'column' in value && 'endLine' in value && 'endColumn' in value)) return false;
  if (!isCount(value.line) || !isCount(value.column) || !isCount(value.endLine) || !isCount(value.endColumn)) return false;
  const [first, second, third, fourth, ...more] = Object.keys(value);
  const isInOrder = first === 'line' && second === 'column' && third === 'endLine' && fourth === 'endColumn' && more.length === 0;
  return isInOrder && Object.getPrototypeOf(value) === Object.prototype;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < 2 ** 31 && Number.isInteger(value) && !Object.is(value, -0);
}
