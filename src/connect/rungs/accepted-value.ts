import { askedNames } from '../asked.ts';
import { askedValues } from '../asked-values.ts';
import { type Rung, withDummies } from './rung.ts';

/** Its output describes the value of a variable that it was given and did not take. What else it asks for is given with it. */
export const acceptedValue: Rung = {
  id: 'accepted-value',
  next(foothold) {
    const { start, tried } = foothold;
    const values = askedValues(tried.text, start.env);
    if (Object.keys(values).length === 0) return undefined;
    return { ...start, env: { ...withDummies(foothold, askedNames(tried.text, start.env)), ...values } };
  },
};
