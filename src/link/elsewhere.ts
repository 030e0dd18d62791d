/** Models that a client cannot be asked for. */
import type { LinkContext } from './context.ts';
import type { Candidate } from './routes.ts';

/** Who runs weights that anybody may have: a closed model of a lab is not among them. */
const RUNS_OPEN_WEIGHTS = new Set(['self-hosted-runtime', 'inference-host']);

/** One table of models for many clients: a lab's own service runs no closed model of another lab, and a runtime of one's own none at all. */
export function isElsewhere({ catalog }: LinkContext, { who, match, model }: Candidate): boolean {
  if (model?.shared && who.operator?.id !== match?.maker) return true;
  const runner = who.gateway ? undefined : who.operator;
  const maker = match?.maker === undefined || match.weights !== 'closed' ? undefined : catalog.providers.get(match.maker);
  if (!runner || maker?.kind !== 'model-lab' || maker.id === runner.id) return false;
  if (RUNS_OPEN_WEIGHTS.has(runner.kind)) return match?.prefix === undefined;
  return runner.kind === 'model-lab' && (maker.group === undefined || maker.group !== runner.group);
}

/** The client itself names this model and no other: whatever one thinks of it, that is what it asks for. */
export function isWritten({ model, target }: Candidate): boolean {
  const place = model?.trail[0];
  const { path, line, endLine } = target.at;
  return place?.path === path && place.line >= line && place.line <= endLine;
}
