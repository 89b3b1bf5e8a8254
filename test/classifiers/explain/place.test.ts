import { expect, it } from 'vitest';
import { placeInWords } from '../../../classifiers/explain/place.ts';

it.each([
  ['/name', 'the name'],
  ['/title', 'the title'],
  ['/description', 'the description'],
  ['/annotations/readOnlyHint', 'the annotation readOnlyHint'],
  ['/annotations', 'the annotations'],
  ['/inputSchema', 'the input schema'],
  ['/inputSchema/properties/path', 'the parameter path'],
  ['/inputSchema/properties/description', 'the parameter description'],
  ['/inputSchema/properties/path/description', 'the description of the parameter path'],
  ['/inputSchema/properties/files/items/properties/path', 'the parameter files[].path'],
  ['/inputSchema/properties/files/items/properties/path/enum/2', 'a value of the parameter files[].path'],
  ['/inputSchema/properties/action/anyOf/1/const', 'the value of the parameter action'],
  ['/inputSchema/properties/a~1b/default', 'the default of the parameter a/b'],
  ['/inputSchema/$defs/place/properties/city', 'the parameter city'],
  ['/inputSchema/$comment', 'the comment on the input schema'],
  ['/outputSchema/properties/token', "the answer's field token"],
  ['/outputSchema', 'the output schema'],
  ['/instructions', "the server's instructions"],
  ['/icons/0/src', 'the icons'],
  ['/_meta/x', 'the metadata'],
  ['/execution/taskSupport', 'the field execution.taskSupport'],
  ['', 'the definition'],
])('%s is %s', (at, words) => {
  expect(placeInWords(at)).toBe(words);
});

it('says of which tool', () => {
  expect(placeInWords('/description', 'send')).toBe('the description of send');
});
