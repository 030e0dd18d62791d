/** A tree that holds only the configuration of a gateway: what callers elsewhere can ask of it. */
import type { Operation } from '../model/surface.ts';
import { bare, entryCandidate, gatewayFallbacks } from './behind.ts';
import { type Draft, type DraftFallback, distinct } from './capabilities.ts';
import type { LinkContext } from './context.ts';
import { type GatewayFile, isMeant } from './gateways.ts';
import type { Candidate } from './routes.ts';

/** One capability per configuration of production: the first model, its spares, and the other models to choose from. */
export function configuredDrafts(context: LinkContext): readonly Draft[] {
  const files = context.gateways.files.filter((file) => file.context === 'production' && file.models.length);
  const meant = files.filter(isMeant);
  return (meant.length ? meant : files).flatMap((file) => draftOf(context, file));
}

function draftOf(context: LinkContext, file: GatewayFile): readonly Draft[] {
  const candidates = file.models.map((entry) => entryCandidate(context, { entry, asked: entry.name, file }));
  const chats = candidates.filter((one) => operationOf(one) === 'chat');
  const [primary, ...others] = chats.length ? chats : candidates;
  if (!primary) return [];
  const spares = gatewayFallbacks(context, primary).map((spare) => ({ ...spare, candidate: bare(spare.candidate) }));
  const menu = distinct(others.filter((one) => operationOf(one) === operationOf(primary))).map(
    (candidate): DraftFallback => ({ candidate, class: 'manual', mechanism: 'menu', evidence: candidate.route.evidence }),
  );
  return [
    {
      workload: file.workload,
      context: 'production',
      legs: [{ operation: operationOf(primary), primary, fallbacks: [...spares, ...menu], stores: [] }],
      uses: [],
      features: new Map(),
      label: 'gateway configuration',
      sites: primary.route.evidence,
    },
  ];
}

function operationOf({ match }: Candidate): Operation {
  const kind = match?.family?.kind;
  return kind === undefined || kind === 'other' ? 'chat' : kind;
}
