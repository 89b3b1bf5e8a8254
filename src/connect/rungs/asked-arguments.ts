import { askedArguments as readArguments } from '../asked-arguments.ts';
import { type Rung, vendorOf } from './rung.ts';

/** Its output asks for a flag, a subcommand or a positional argument. */
export const askedArguments: Rung = {
  id: 'asked-arguments',
  next({ launch, start, tried }) {
    const { argv } = start.program ?? launch;
    return { ...start, args: [...start.args, ...readArguments(tried.text, [...argv, ...start.args], vendorOf(launch))] };
  },
};
