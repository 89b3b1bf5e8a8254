import { askedNames } from '../asked.ts';
import { type Rung, withDummies } from './rung.ts';

/** Its output names environment variables. */
export const askedEnvironment: Rung = {
  id: 'asked-environment',
  next: (foothold) => ({ ...foothold.start, env: withDummies(foothold, askedNames(foothold.tried.text, foothold.start.env)) }),
};
