import { provenContradictions } from '../contradicted-hints.ts';
import { atMentions, type Signal } from '../signal.ts';

export const annotationContradiction: Signal = {
  id: 'annotation-contradiction',
  finds: 'a hint of harmlessness on a tool that is established to change something',
  why: 'Clients that trust the hint skip the confirmation.',
  weight: 0.25,
  label: () => 'Annotations contradict what the tool does',
  detect: (parsed, decision) => atMentions(annotationContradiction.id, provenContradictions(parsed, decision)),
};
