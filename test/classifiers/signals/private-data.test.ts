import { describe, expect, it } from 'vitest';
import { privateData } from '../../../classifiers/signals/private-data.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['read_email', 'Read an email.'],
  ['read_file', 'Read the contents of a file.', { path: { type: 'string' } }],
  ['list_transactions', 'List transactions of a bank account.'],
  ['get_customer', 'Get a customer.'],
  ['list_calendar_events', 'List events of the calendar.'],
  ['query', 'Run a SQL query against the database.', { sql: { type: 'string' } }],
  ['find', 'Run a find query against a collection of the database.', { collection: { type: 'string' } }],
  ['get_invoice', 'Get an invoice by id.'],
  ['search_documents', 'Search documents of the workspace.'],
  ['get_conversation_history', 'Get the history of a conversation.'],
  ['list_deals', 'List deals in the CRM.'],
  ['download_attachment', 'Download an attachment of a ticket.'],
  ['get_balance', 'Get the account balance.'],
  ['search_memories', 'Search stored memories.'],
  ['list_work_items', 'List work items with filters.'],
];

const LOOK_ALIKES: Example[] = [
  ['search_docs', 'Search the official documentation.'],
  ['get_price', 'Get the price of a product.'],
  ['search_papers', 'Search papers on arXiv.'],
  ['get_weather', 'Get the weather.'],
  ['create_invoice', 'Create an invoice.'],
  ['delete_file', 'Delete a file.'],
  ['explain_query', 'Explain the plan of a SQL query.', { sql: { type: 'string' } }],
  ['list_tables', 'List the tables of a database.'],
  ['get_file_info', 'Get the size and permissions of a file.'],
  ['list_public_files', 'List files of a public repository of open data.'],
  ['count_documents', 'Count documents in a collection.'],
  ['get_invoice_template', 'Get the template of invoices.'],
  ['validate_sql', 'Validate a SQL statement.', { sql: { type: 'string' } }],
  ['get_release_notes', 'Get the release notes of a version.'],
  ['fetch', 'Fetch a web page.', { url: { type: 'string' } }],
  ['get_spec_files', 'Get the spec files of an API.'],
  ['get_permissions_document', 'Get the permissions for a document.'],
  ['get_migration', 'Get the status of the latest migration from a database.'],
  ['get_collection_tags', 'Gets all tags of a collection.'],
];

describe('private-data', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(privateData, tool);
    expect(evidence).not.toEqual([]);
    expect(privateData.label(evidence)).toContain('private data');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(privateData, tool)).toEqual([]);
  });
});
