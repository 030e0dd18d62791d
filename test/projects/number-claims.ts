/** Claims about what it amounts to: score, exposures, losses, findings, exit. */
import type { Report } from '../../src/model/report.ts';
import { isNear, someRow, type Verb, type Verdict } from './verb.ts';

/** `score between 55 65`, `what-if gulf dark 2`, `finding region/pinned-endpoint [high]` and so on. */
export const numberVerbs = {
  score([how, low, high], { score }) {
    const { value } = score;
    const holds = how === 'null' ? value === null : value !== null && value >= Number(low) && value <= Number(high);
    return { holds, found: [`${value}, ${score.vector}`] };
  },
  grade([letter], { score }) {
    return { holds: score.grade === letter, found: [`${score.grade}, score ${score.value}, ${score.vector}`] };
  },
  cap([reason], { score }) {
    return someRow(
      score.caps,
      (cap) => cap.reason === reason,
      (cap) => `${cap.reason}, at best ${cap.grade}`,
    );
  },
  dimension([name, , low, high], { score }) {
    return someRow(
      Object.entries(score.dimensions),
      ([own, value]) => own === name && value !== null && value >= Number(low) && value <= Number(high),
      ([own, value]) => `${own} ${value}`,
    );
  },
  exposure([layer, name, wanted], { layers }) {
    const shares = layers.filter((row) => row.layer === layer).flatMap((row) => row.shares);
    return someRow(
      shares,
      (share) => share.node === `${layer}:${name}` && (wanted === undefined || isNear(share.exposure, wanted)),
      (share) => `${share.node} ${share.exposure}`,
    );
  },
  effective([layer, wanted], { layers }) {
    return someRow(
      layers.filter((row) => row.layer === layer),
      (row) => isNear(row.effective, wanted),
      (row) => `${row.layer} ${row.effective}`,
    );
  },
  'what-if': (operands, report) => whatIf(operands, report),
  finding([rule, severity], { findings }) {
    return someRow(
      findings,
      (one) => one.ruleId === rule && (severity === undefined || one.severity === severity),
      (one) => `${one.ruleId} ${one.severity}: ${one.message}`,
    );
  },
  findings(_operands, { findings }) {
    return { holds: findings.length > 0, found: findings.map((one) => `${one.ruleId}: ${one.message}`) };
  },
  problems([count], { problems }) {
    return {
      holds: problems.length === Number(count),
      found: problems.map((one) => `${one.path ?? ''} ${one.reason}: ${one.message}`),
    };
  },
  exit([code], { exit }) {
    return { holds: exit.code === Number(code), found: [`${exit.code}`, ...exit.reasons] };
  },
} satisfies Record<string, Verb>;

/** `what-if <scenario> <state> <count>`: how many capabilities end in that state. */
function whatIf([scenario, state, count]: readonly string[], report: Report): Verdict {
  const block = report.whatIf.find((one) => one.scenario === scenario);
  if (!block)
    return { holds: false, found: [`no such scenario; there are ${report.whatIf.map((one) => one.scenario).join(', ')}`] };
  const weighted = new Set(report.capabilities.filter((one) => one.weight > 0).map((one) => one.id));
  const rows = block.capabilities.filter((one) => weighted.has(one.id));
  return {
    holds: rows.filter((row) => row.state === state).length === Number(count),
    found: [`exposure ${block.exposure}, unknown ${block.unknown}`, ...rows.map((row) => `${row.id} ${row.state} ${row.loss}`)],
  };
}
