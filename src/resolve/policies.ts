/** Policies of a gateway, as far as they are plain: which backends they name, and whether they try again. */
import type { Forwards } from '../model/resource-type.ts';
import type { Expr } from '../model/source.ts';
import { configReadings } from './config-paths.ts';
import type { Scope } from './value.ts';
import type { World } from './world.ts';

export interface Policy {
  /** Backends that are named. */
  readonly names: readonly string[];
  readonly retries: boolean;
  /** false: an expression or a text that stands elsewhere chooses. */
  readonly isPlain: boolean;
}

const COMMENT = /<!--[\s\S]{0,20000}?-->/g;
const NAMED = /<set-backend-service\b[^>]{0,400}?\sbackend-id\s*=\s*"([^"]{1,200})"/g;
const RETRY = /<retry\b/;

/** What the policies of one gateway say together. */
export function policyOf(
  world: World,
  policies: readonly { readonly path: string; readonly body: Expr; readonly forwards: Forwards }[],
  scopeAt: (path: string) => Scope,
): Policy {
  const readings = policies.flatMap(({ path, body, forwards }) =>
    configReadings(world, body, { paths: forwards.policy, scope: scopeAt(path) }),
  );
  const texts = readings.flatMap(({ text }) => (text === undefined ? [] : [text.replace(COMMENT, '')]));
  const ids = texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, id = '']) => id));
  const names = [...new Set(ids.filter((id) => !isOpen(id)))];
  return {
    names,
    retries: texts.some((text) => RETRY.test(text)),
    isPlain: texts.length === readings.length && !ids.some(isOpen) && names.length < 2,
  };
}

/** An expression of the policy, or a part that is put in. */
function isOpen(id: string): boolean {
  return id.includes('@') || id.includes('\u0000');
}
