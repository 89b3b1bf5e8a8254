import { describe, expect, it } from 'vitest';
import { egress } from '../../../classifiers/signals/egress.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['send_email', 'Send an email.', { to: { type: 'string' }, body: { type: 'string' } }],
  ['slack_post_message', 'Post a message to a channel.'],
  ['http_request', 'Make an HTTP request.', { method: { type: 'string' }, url: { type: 'string' }, body: { type: 'string' } }],
  ['fetch', 'Fetches a URL from the internet.', { url: { type: 'string' } }],
  ['create_webhook', 'Create a webhook.', { url: { type: 'string' } }],
  ['git_push', 'Push commits to a remote.', { remote: { type: 'string' }, branch: { type: 'string' } }],
  ['browser_navigate', 'Navigate to a URL.', { url: { type: 'string' } }],
  ['publish_gist', 'Publish a gist publicly.', { content: { type: 'string' } }],
  ['start_crawl', 'Start a crawl.', { site: { type: 'string' }, webhookUrl: { type: 'string' } }],
  ['send_sms', 'Send an SMS.'],
  ['post_tweet', 'Post a tweet.'],
  ['invite', 'Invite somebody.', { email: { type: 'string' }, message: { type: 'string' } }],
];

const LOOK_ALIKES: Example[] = [
  ['create_share_link', 'Creates a shareable link; anyone with the link can view it.'],
  ['invite_user', 'Invite a user by email.', { email: { type: 'string' } }],
  ['create_record', 'Create a record in the CRM.', { name: { type: 'string' } }],
  ['list_webhooks', 'List webhooks.'],
  ['delete_webhook', 'Delete a webhook.', { id: { type: 'string' } }],
  ['draft_email', 'Draft an email.'],
  ['get_message', 'Get a message.'],
  ['git_commit', 'Commit changes.', { message: { type: 'string' } }],
  ['add_bookmark', 'Add a bookmark.', { url: { type: 'string' } }],
  ['update_profile', 'Update the profile.', { website_url: { type: 'string' } }],
  ['get_video', 'Get a video.', { url: { type: 'string', description: 'YouTube video URL' } }],
  ['add_comment', 'Add a comment to an issue.'],
  ['queue_send', 'Send a message to a queue.'],
  ['web_search', 'Search the web.', { query: { type: 'string' } }],
  ['publish_draft', 'Publish a draft of a workflow.'],
  ['invite_user', 'Invite a user.', { email: { type: 'string' }, role: { type: 'string' } }],
  ['find_tools', 'Find providers for a site.', { urls: { type: 'array' } }],
  ['disable_privacy', 'Disable privacy: makes the owner publicly visible.', { domain: { type: 'string' } }],
  ['send_broadcast', 'Send a stored broadcast.', { id: { type: 'string' } }],
];

describe('egress', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(egress, tool);
    expect(evidence).not.toEqual([]);
    expect(egress.label(evidence)).toContain('send data out');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(egress, tool)).toEqual([]);
  });
});
