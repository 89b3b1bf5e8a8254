import { describe, expect, it } from 'vitest';
import { infrastructureOperation } from '../../../classifiers/rules/infrastructure-operation.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['deploy_site'],
  ['restart_service', 'Restarts a service.'],
  ['power-on-droplet', 'Power on a droplet.'],
  ['application-start', 'Starts an application.'],
  ['scale', 'Scale a deployment.'],
  ['update_deployments', 'Update a deployment.', { max_instances: { type: 'number' } }],
  ['rollback', 'Roll back to the previous release.'],
  ['x', 'Recreate a virtual machine from scratch.'],
];

const LOOK_ALIKES: Example[] = [
  ['start_crawl', 'Start a crawl of a site.'],
  ['list_deployments', 'List deployments.'],
  ['stop_timer', 'Stop the running timer.'],
  ['get_deployment_status', 'Get the status of a deployment.'],
  ['x', 'Recreate a design from an image.'],
];

describe('infrastructure-operation', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(infrastructureOperation, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(infrastructureOperation, example)).toBeLessThanOrEqual(1);
  });
});
