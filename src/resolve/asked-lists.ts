/** Lists that code only asks whether something stands in them. */
import type { Module } from './value.ts';

const ASKS = new Set(['includes', 'has', 'indexOf', 'some']);
const ADMITS = /support|allow|accept|valid|compatible|deny|block|exclud|without/i;

/** `SUPPORTED_MODELS.includes(model)` and nothing else: lists of what may be, not of what runs. */
export function askedLists({ unit }: Module): ReadonlySet<string> {
  const isAsked = new Map<string, boolean>();
  for (const { call } of unit.sites) {
    const { callee } = call;
    if (callee.kind !== 'member' || callee.of.kind !== 'name' || callee.name.kind !== 'text') continue;
    const list = callee.of.name;
    if (ADMITS.test(list)) isAsked.set(list, (isAsked.get(list) ?? true) && ASKS.has(callee.name.text));
  }
  return new Set([...isAsked].flatMap(([list, only]) => (only ? [list] : [])));
}
