/** Models that a client cannot be asked for. */
import type { LinkContext } from './context.ts';
import type { Candidate } from './routes.ts';

/** One table of models for many clients: a lab's own service runs no closed model of another lab. */
export function isElsewhere({ catalog }: LinkContext, { who, match }: Candidate): boolean {
  const lab = who.gateway ? undefined : who.operator;
  const maker = match?.maker === undefined || match.weights !== 'closed' ? undefined : catalog.providers.get(match.maker);
  if (lab?.kind !== 'model-lab' || maker?.kind !== 'model-lab' || maker.id === lab.id) return false;
  return maker.group === undefined || maker.group !== lab.group;
}
