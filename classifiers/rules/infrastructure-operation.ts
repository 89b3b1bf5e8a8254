import { type Act, isDoneTo } from '../act.ts';
import { worksOnScreen } from '../live-surface.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { INFRASTRUCTURE } from '../things.ts';
import type { Sense } from '../vocabulary.ts';

/** Restored over, rolled or resized together with these, a machine or a service is operated. */
const OPERATED: ReadonlySet<string> = phrases(
  'resize, enable, failover, launch, upgrade, kill, terminate, evict, signal, recreate, power, expand, activate',
);
/** Made or changed with its number of instances, each of these is scaled. */
const DEPLOYED: ReadonlySet<string> = phrases('deployment, replica, autoscaling, node pool');
const CHANGED: ReadonlySet<string> = phrases('update, set, change, modify, edit, adjust, patch, increase, decrease, shift');
const SCALED: ReadonlySet<string> = phrases(`
  service, desired count, auto scaling group, autoscaling group, cluster, warehouse, instance, dyno, machine, formation, capacity, replica count, node count,
  instance type, machine type, desired capacity, replica, workload, resource, statefulset, stateful set, replica set, function, ps, process type`);
const SIZES: ReadonlySet<string> = phrases('instances, replicas, nodes, hardware');
const SIZE_NAMES: ReadonlySet<string> = phrases(
  'replica count, desired count, desired capacity, instance count, node count, instance type, machine type, desired size, num replicas',
);
/** Run, these are started on machines. */
const RUN: ReadonlySet<string> = phrases('pod, container, instance, vm, playbook, image, server, ec2 instance');
/** Applied, installed or synchronised, these become what runs. */
const APPLIED: ReadonlySet<string> = phrases(`
  manifest, yaml manifest, kubernetes manifest, helm chart, chart release, terraform plan, terraform configuration, infrastructure, plan file, playbook, k8s manifest,
  kubernetes resource, cloudformation stack, gitops app, gitops application, argocd application, terraform, terraform run`);
const APPLYING: ReadonlySet<string> = phrases('apply, install, sync, upgrade, create, update, run, synchronize, replace, patch');
/** `kubectl_patch`: whatever the client of a cluster is told to change. */
const CLIENTS: ReadonlySet<string> = phrases('kubectl, helm, terraform, tofu, terragrunt, pulumi, cdk, oc');
/** In a server that speaks of clusters, these too. */
const ROLLED_OUT: ReadonlySet<string> = phrases(
  'application, app, release, resource, configuration, change, plan, yaml, terraform change, run',
);
const ROLLING: ReadonlySet<string> = phrases('apply, sync, rollout');
const CLUSTERS = /\b(?:kubernetes|k8s|kubectl|gitops|argo ?cd|helm|cluster|terraform|pulumi)\b/i;
const FIRMWARE: ReadonlySet<string> = phrases('firmware, device firmware, bios, os image');
/** Put into production, a build is deployed. */
const PROMOTING: ReadonlySet<string> = phrases('promote, swap, ship, release, push, rollout, merge');
const PROMOTED: ReadonlySet<string> = phrases('slot, build, deployment, image, artifact, model version, release, revision');
const PRODUCTION: ReadonlySet<string> = phrases('production, prod, live');
/** Derived from what is kept: made anew, it is the same. */
const DERIVED: ReadonlySet<string> = phrases(`
  index, search index, semantic index, cache, view, materialized view, embedding, catalog, sitemap, build, page, browser, tab, window, plan, statistic, thumbnail,
  knowledge graph, graph, extension, job, pipeline run, pipeline, document, issue, item, test, entire build, prompt, subscription, account, membership, skill, data`);

export const infrastructureOperation: Rule = {
  id: 'infrastructure-operation',
  category: 'Execute',
  finds: 'deploying, restarting, scaling, starting or stopping machines and services',
  why: 'What other people depend on changes its behaviour, or stops.',
  detect(parsed) {
    return parsed.acts.flatMap((act) => {
      const share = shareOf(act, parsed);
      return share > 0 ? [weigh(infrastructureOperation, act, act.strength * share)] : [];
    });
  },
};

function shareOf(act: Act, parsed: ParsedTool): number {
  if (!OPERATING.has(act.sense) && !MAY_OPERATE.has(act.verb)) return 0;
  if (isOwnProcess(act, parsed) || isTurnedOn(act)) return 0;
  if (isNamedOperation(act)) return 1;
  if (act.verb === 'scale') return isScaled(act, parsed) ? 1 : 0;
  if (act.sense === 'operate') return isDoneTo(act, DERIVED) && !isDoneTo(act, INFRASTRUCTURE) ? 0 : 1;
  if (act.sense === 'write' && isScaling(act, parsed)) return 1;
  if (isRollout(act, parsed)) return 1;
  if (isDoneTo(act, LAUNCHED) && (act.verb === 'launch' || worksOnScreen(parsed.context))) return 0;
  if (act.verb === 'run') return isDoneTo(act, RUN) ? 1 : 0;
  if (STARTED.has(act.objects[0]?.at(-1) ?? '')) return 0;
  if (act.sense === 'switch' && isDoneTo(act, HOSTED)) return isHosting(parsed) ? 1 : 0;
  return (act.sense === 'switch' || OPERATED.has(act.verb)) && isDoneTo(act, INFRASTRUCTURE) ? 1 : 0;
}

/** `Run a rollback pipeline`, `Trigger a deployment`: the operation stands as a noun. */
function isNamedOperation({ verb, objects }: Act): boolean {
  if (!CARRYING.has(verb)) return false;
  const [first = []] = objects;
  const head = first.at(-1) ?? '';
  if (CLIENTS.has(first[0] ?? '') && CLIENT_OPERATIONS.has(head)) return true;
  return OPERATIONS.has(PROCEDURES.has(head) ? (first.at(-2) ?? '') : head);
}

const CARRYING: ReadonlySet<string> = phrases(
  'run, trigger, start, launch, initiate, begin, execute, perform, kickoff, create, retry, rerun, dispatch',
);
const OPERATIONS: ReadonlySet<string> = phrases(
  'rollback, deployment, redeployment, deploy, redeploy, failover, switchover, failback, restart, reboot, shutdown, rollout, promotion',
);
/** `Runs pulumi up` */
const CLIENT_OPERATIONS: ReadonlySet<string> = phrases('up, apply, deploy, install, upgrade, sync');
const PROCEDURES: ReadonlySet<string> = phrases('pipeline, job, workflow, process, procedure, run, task, operation, sequence');

/** Somebody's own session, or a process that this server started for them: nobody else depends on it. */
function isOwnProcess({ verb, objects, from }: Act, { context, description }: ParsedTool): boolean {
  if (!ENDING_OWN.has(verb) || from === 'choice') return false;
  const [first = []] = objects;
  if (first.some((word) => OWN.has(word))) return true;
  if (!PROCESSES.has(first.at(-1) ?? '')) return false;
  return STARTED_HERE.test(description.slice(0, MAX_OPENING)) || context.toolNames.some((name) => STARTS_PROCESS.test(name));
}

const ENDING_OWN: ReadonlySet<string> = phrases('stop, end, close, cancel, halt, abort, pause, resume, start');
const OWN: ReadonlySet<string> = phrases('session, forward, forwarding, tunnel, dev, development, watcher, recording, preview');
const PROCESSES: ReadonlySet<string> = phrases('process, pid');
const STARTED_HERE = /\b(?:background|started (?:by|with|via|using|earlier|previously|from)|spawned|this session)\b/i;
const STARTS_PROCESS = /^(?:\w{1,30}[_-])?(?:start|run|spawn|execute)[_-]?(?:process|command)/i;

/** A lamp or a heater is turned on, as the people at home do. */
function isTurnedOn(act: Act): boolean {
  return TURNING.has(act.verb) && isDoneTo(act, APPLIANCES) && !isDoneTo(act, MACHINES);
}

const TURNING: ReadonlySet<string> = phrases('enable, disable, power, start, stop, pause, resume');
const APPLIANCES: ReadonlySet<string> = phrases('device, smart device, appliance, vacuum, washer, dryer, dishwasher, heater, oven');
const MACHINES: ReadonlySet<string> = phrases('network device, edge device, iot device, managed device, server, host, machine');

/** Where programs and databases run, these are what they run in; elsewhere people plan work in them. */
const HOSTED: ReadonlySet<string> = phrases('project, environment, branch, endpoint, compute, resource, space, sandbox');
const HOSTING = /(?:^|[_.-]|[a-z](?=[A-Z]))(?:deploy|database|sql|instance|cluster|compute|container|vm|server|dyno|replica|edge)/i;

function isHosting({ context }: ParsedTool): boolean {
  return context.toolNames.slice(0, MAX_SIBLINGS).some((name) => HOSTING.test(name.slice(0, MAX_NAME)));
}

const MAX_SIBLINGS = 300;
const MAX_NAME = 100;

/** Started on a machine, and no more than a job there. */
const STARTED: ReadonlySet<string> = phrases(
  'scan, job, backup, snapshot, sync, check, test, analysis, export, import, trace, recording, session, task, discovery, playback, log',
);
/** On somebody's own desk these are opened. */
const LAUNCHED: ReadonlySet<string> = phrases('app, application, browser');

/** An image or a recipe is scaled as well. */
function isScaled(act: Act, { parameters }: ParsedTool): boolean {
  if (act.objects.length === 0 || isDoneTo(act, INFRASTRUCTURE) || isDoneTo(act, SCALED) || isDoneTo(act, DEPLOYED)) return true;
  return parameters.some(({ words }) => SIZES.has(words.at(-1) ?? '') || SIZE_NAMES.has(words.join(' ')));
}

function isScaling(act: Act, { parameters }: ParsedTool): boolean {
  if (CHANGED.has(act.verb) && isDoneTo(act, TRAFFIC)) return true;
  if (isDoneTo(act, DEPLOYED)) return parameters.some(({ words }) => SIZES.has(words.at(-1) ?? ''));
  if (!CHANGED.has(act.verb) || !isDoneTo(act, SCALED)) return false;
  return parameters.some(({ words }) => SIZES.has(words.at(-1) ?? '') || SIZE_NAMES.has(words.join(' ')));
}

/** Which version of a service gets how many of its callers. */
const TRAFFIC: ReadonlySet<string> = phrases('traffic split, traffic weight, traffic, traffic routing');
/** What is applied to one of these is what it runs from then on. */
const RUNTIMES: ReadonlySet<string> = phrases('cluster, production, stack, infrastructure');

function isRollout(act: Act, { context, description }: ParsedTool): boolean {
  if (APPLYING.has(act.verb) && (isDoneTo(act, APPLIED) || (act.verb !== 'run' && CLIENTS.has(act.objects[0]?.[0] ?? '')))) return true;
  if (act.verb === 'apply' && RUNTIMES.has(act.target)) return true;
  if (FIRMWARE_CHANGES.has(act.verb) && isDoneTo(act, FIRMWARE)) return true;
  if (act.verb === 'promote' && isDoneTo(act, STAGED)) return STAGES.test(description.slice(0, MAX_OPENING));
  if (PROMOTING.has(act.verb) && (PRODUCTION.has(act.target) || (act.verb === 'promote' && isDoneTo(act, PROMOTED)))) return true;
  return ROLLING.has(act.verb) && isDoneTo(act, ROLLED_OUT) && CLUSTERS.test(`${context.name}\n${description.slice(0, MAX_OPENING)}`);
}

/** Promoted from one stage of a pipeline to the next; an application for a job is promoted, too. */
const STAGED: ReadonlySet<string> = phrases('app, application, service, environment, branch, version');
const STAGES = /\b(?:pipeline|staging|production|stage|environment)\b/i;
const FIRMWARE_CHANGES: ReadonlySet<string> = phrases('update, upgrade, install, flash, apply');
const MAX_OPENING = 500;

const OPERATING: ReadonlySet<Sense> = new Set<Sense>(['operate', 'switch', 'write']);
/** Every verb that is asked about above beside those senses: most verbs are none of them. */
const MAY_OPERATE: ReadonlySet<string> = new Set(
  [CARRYING, OPERATED, APPLYING, ROLLING, PROMOTING, FIRMWARE_CHANGES].flatMap((verbs) => [...verbs]),
);
