import { codeParameters } from '../code-parameter.ts';
import { languageParameters } from '../query-parameter.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

export const freeformCodeInput: Signal = {
  id: 'freeform-code-input',
  finds: 'an argument for code, a command, a script or a query in a query language',
  why: 'Whatever the argument says is interpreted; injected text becomes behaviour.',
  weight: 0.25,
  label: withParameters('Accepts freeform code/query input'),
  detect: (parsed) => atParameters(freeformCodeInput.id, [...codeParameters(parsed), ...languageParameters(parsed)]),
};
