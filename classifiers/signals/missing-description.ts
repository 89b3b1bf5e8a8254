import { atMentions, type Signal } from '../signal.ts';

export const missingDescription: Signal = {
  id: 'missing-description',
  finds: 'a tool without a description',
  why: 'Neither a person nor a model can know what the call does.',
  weight: 0.1,
  label: () => 'No description',
  detect({ tool, description }) {
    return description.trim() === ''
      ? atMentions(missingDescription.id, [{ at: '/name', excerpt: tool.name.slice(0, 160).toWellFormed() }])
      : [];
  },
};
