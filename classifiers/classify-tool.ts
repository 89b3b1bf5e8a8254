import { type Classification, CONSEQUENCE_OF, type SignalReport } from '../src/model/classification.ts';
import type { ServerContext } from '../src/model/server.ts';
import { Tool, type ToolDefinition } from '../src/model/tool.ts';
import { contradictionFindings, provenContradictions } from './contradicted-hints.ts';
import type { Decision } from './decide.ts';
import { judge } from './judgement.ts';
import { type ParsedTool, parseTool } from './parsed-tool.ts';
import { poisoningIn } from './poisoning/poisoning-in.ts';
import { contradictedPoisoning } from './poisoning/techniques/contradiction.ts';
import { scoreOf } from './score.ts';
import { SIGNALS } from './signals/index.ts';
import { CLASSIFIER_VERSION } from './version.ts';

/**
 * Judges what one tool may do, from its definition and its server's context alone.
 *
 * @param definition - As the server sent it: a stranger's data of any size or shape. Each text is read up to 64 kB and a schema up to 10,000 parts, so the time is
 *   linear in the size of the definition. Never throws for what the tool says.
 * @param context - One object for all tools of a server is cheaper than one each: what their names share is worked out once for it.
 * @returns The same value for the same input and {@link CLASSIFIER_VERSION}, whose JSON is the same bytes on any machine.
 */
export function classifyTool(definition: ToolDefinition | Tool, context: ServerContext): Classification {
  const tool = Tool.parse(definition);
  const parsed = parseTool(tool, context);
  const { decision, evidence, actions } = judge(parsed);
  const fired = firedSignals(parsed, decision);
  const { category, confidence } = decision;
  return {
    name: tool.name,
    category,
    ...CONSEQUENCE_OF[category],
    score: scoreOf(
      category,
      fired.map(({ weight }) => weight),
    ),
    confidence,
    signals: fired.map(({ report }) => report),
    findings: [
      ...contradictionFindings(provenContradictions(parsed, decision), decision),
      ...contradictedPoisoning(tool, category, decision.established),
      ...poisoningIn(definition, context),
    ],
    evidence,
    actions,
    classifierVersion: CLASSIFIER_VERSION,
  };
}

function firedSignals(parsed: ParsedTool, decision: Decision): { weight: number; report: SignalReport }[] {
  const fired: { weight: number; report: SignalReport }[] = [];
  for (const signal of SIGNALS) {
    const evidence = signal.detect(parsed, decision);
    if (evidence.length > 0)
      fired.push({ weight: signal.weight, report: { id: signal.id, label: signal.label(evidence), evidence: [...evidence] } });
  }
  return fired;
}
