import { addressParameters } from '../addresses.ts';
import { excerptOf } from '../excerpt.ts';
import { parameterExcerpt } from '../parameter.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

export const urlInput: Signal = {
  id: 'url-input',
  finds: 'an argument that is a URL or an endpoint of any host',
  why: 'The server, or somebody later, reaches for an address that the caller chose.',
  weight: 0.12,
  label: withParameters('Accepts URL/endpoint input'),
  detect(parsed) {
    const parameters = addressParameters(parsed);
    return atParameters(urlInput.id, parameters).map((evidence, index) => {
      const parameter = parameters[index];
      return parameter ? { ...evidence, excerpt: excerptOf(`any host: ${parameterExcerpt(parameter)}`) } : evidence;
    });
  },
};
