import { describe, expect, it } from 'vitest';
import type { Category } from '../../src/model/classification.ts';
import { classify, type Example } from './examples.ts';

type Row = readonly [name: string, description: string, parameters: string, category: Category];

/** `a, b` are text arguments, the required ones marked `!`. */
function exampleOf([name, description, parameters]: Row): Example {
  const names = parameters.split(', ').filter((parameter) => parameter !== '');
  return [name, description, Object.fromEntries(names.map((parameter) => [parameter.replace('!', ''), { type: 'string' }]))];
}

const KINDS: { readonly [kind: string]: { readonly siblings: string[]; readonly rows: readonly Row[] } } = {
  'a live browser or desktop': {
    siblings: ['browser_click', 'browser_type', 'browser_hover', 'browser_navigate', 'browser_snapshot'],
    rows: [
      ['browser_navigate', 'Navigate to a URL', 'url', 'Write'],
      ['browser_navigate_back', 'Go back to the previous page in the history', '', 'Write'],
      ['browser_select_option', 'Select an option in a dropdown', 'element, values', 'Write'],
      ['browser_open_tab', 'Open a new tab', 'url', 'Write'],
      ['browser_drag', 'Perform drag and drop between two elements', 'start, end', 'Write'],
      ['browser_drop', 'Drop files or data onto an element', 'element, paths', 'Write'],
      ['browser_resize', 'Resize the browser window', 'width', 'Write'],
      ['terminate_app', 'Stop and terminate an app', 'package', 'Write'],
      ['browser_snapshot', 'Capture an accessibility snapshot of the page', '', 'Read'],
      ['browser_screenshot', 'Take a screenshot of the current page', '', 'Read'],
      ['browser_wait_for', 'Wait for text to appear', 'text', 'Read'],
    ],
  },
  'no screen': {
    siblings: ['fetch', 'search', 'navigate'],
    rows: [
      ['navigate', 'Navigate to a URL and return its content', 'url', 'Read'],
      ['open_page', 'Open a page of the documentation', 'path', 'Read'],
      ['drop_table', 'Drop a table', 'table', 'Destructive'],
    ],
  },
  hosting: {
    siblings: ['deploy_function', 'list_databases', 'pause_project'],
    rows: [['pause_project', 'Pauses a project', 'id', 'Execute']],
  },
  planning: {
    siblings: ['list_projects', 'pause_project'],
    rows: [['pause_project', 'Pauses a project', 'id', 'Write']],
  },
  'an API by its methods': {
    siblings: ['acme_get', 'acme_post', 'acme_put', 'acme_delete'],
    rows: [
      ['acme_post', 'Create resources', 'path, body', 'Execute'],
      ['acme_put', 'Replace resources', 'path, body', 'Execute'],
      ['acme_get', 'Read resources', 'path', 'Read'],
      ['acme_delete', 'Delete resources', 'path', 'Destructive'],
    ],
  },
  'posts, not requests': {
    siblings: ['create_page', 'blog_post'],
    rows: [['blog_post', 'Publish a post on the blog', 'path, body', 'Write']],
  },
  'processes of one’s own': {
    siblings: ['start_process', 'list_processes', 'stop_process'],
    rows: [['stop_process', 'Stop a process', 'id', 'Write']],
  },
  'processes of the machine': {
    siblings: ['list_processes', 'stop_process'],
    rows: [
      ['stop_process', 'Stop a process', 'id', 'Execute'],
      ['kill_process', 'Kill a process by its PID', 'pid', 'Execute'],
      ['stop_port_forward', 'Stop a port-forward process', 'id', 'Write'],
      ['stop_session', 'Stop the current session', 'id', 'Write'],
    ],
  },
};

describe.each(Object.entries(KINDS))('%s', (_kind, { siblings, rows }) => {
  it.each(rows)('%s: %s (%s) is %s', (...row) => {
    expect(classify(exampleOf(row), { name: 'example', toolNames: siblings }).category).toBe(row[3]);
  });
});
