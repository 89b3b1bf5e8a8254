import { describe, expect, it } from 'vitest';
import { untrustedContent } from '../../../classifiers/signals/untrusted-content.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['web_search', 'Search the web and return the results.', { query: { type: 'string' } }],
  ['fetch', 'Fetches a URL and returns it as markdown.', { url: { type: 'string' } }],
  ['get_issue', 'Get an issue of a repository.'],
  ['list_issue_comments', 'List the comments on an issue.'],
  ['search_emails', 'Search for emails in the inbox.'],
  ['slack_get_channel_history', 'Get recent messages from a channel.'],
  ['get_ticket', 'Get a support ticket by id.'],
  ['list_reviews', 'List the reviews of an app.'],
  ['get_pull_request', 'Get a pull request with its body.'],
  ['read_feed', 'Read an RSS feed.'],
  ['get_logs', 'Get the logs of a container.'],
  ['get_video_transcript', 'Get the transcript of a video.'],
  ['list_tweets', 'List recent tweets of an account.'],
  ['discord_read_messages', 'Read messages from a channel.'],
  ['tickets', 'Work with tickets.', { action: { type: 'string', enum: ['get', 'list', 'close'] } }],
];

const LOOK_ALIKES: Example[] = [
  ['get_config', 'Get the configuration.'],
  ['get_metrics', 'Get the metrics of a service.'],
  ['create_issue', 'Create an issue.'],
  ['get_issue_statistics', 'Get statistics of issues.'],
  ['list_issue_labels', 'List the labels of an issue.'],
  ['delete_comment', 'Delete a comment.'],
  ['get_message_quota', 'Get the message quota and consumption.'],
  ['list_email_templates', 'List email templates.'],
  ['get_audit_logs', 'Get the audit logs of the organization.'],
  ['set_log_level', 'Set the log level.'],
  ['consume_queue', 'Get messages from a queue.'],
  ['list_projects', 'List projects. Use get_issue to read an issue.'],
  ['get_thumbnail', 'Get a preview image from a URL.', { url: { type: 'string' } }],
  ['count_tickets', 'Count open tickets.'],
  ['get_issue_link', 'Get a link of an issue.'],
  ['list_action_logs', 'List action logs of a mailbox: the audit trail.'],
  ['get_log', 'Get a record of who changed what.'],
  ['list_websites', 'List the websites of the account.'],
  ['get_post', 'Get a post of the Example blog.'],
];

describe('untrusted-content', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(untrustedContent, tool);
    expect(evidence).not.toEqual([]);
    expect(untrustedContent.label(evidence)).toContain('strangers can write');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(untrustedContent, tool)).toEqual([]);
  });
});
