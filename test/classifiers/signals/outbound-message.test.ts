import { describe, expect, it } from 'vitest';
import { outboundMessage } from '../../../classifiers/signals/outbound-message.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Sends messages to other people', ['send_email', 'Send an email.']],
  ['Sends messages to other people', ['slack_post', 'Post a message to a channel.']],
  ['Sends messages to other people', ['reply', 'Reply to a review.']],
  ['Sends messages to other people', ['reinvite_org_member', 'Re-invites a member.']],
];

const LOOK_ALIKES: Example[] = [
  ['send_request', 'Send an HTTP request.'],
  ['get_message', 'Get a message.'],
  ['list_emails'],
  ['signal-process', 'Send a signal to a process.'],
  ['draft_email', 'Draft a new email.'],
  ['queue_send', 'Send a message to a queue.'],
  ['manage_skills', 'Manage skills. Skills let an agent do more, e.g. sending emails.'],
  ['git_commit', 'Commit changes.', { message: { type: 'string' } }],
  ['test_notification', 'Send a desktop notification to test it.'],
  ['share_email', 'Create a shareable link for an email.'],
  ['send_message', 'Send a message to the assistant.'],
  ['deleteCollectionComment', 'Deletes a comment.'],
  ['invite_to_group', 'Invite users to a group.'],
];

describe('outbound-message', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(outboundMessage, tool);
    expect(evidence).not.toEqual([]);
    expect(outboundMessage.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(outboundMessage, tool)).toEqual([]);
  });
});
