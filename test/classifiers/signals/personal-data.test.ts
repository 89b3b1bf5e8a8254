import { describe, expect, it } from 'vitest';
import { personalData } from '../../../classifiers/signals/personal-data.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['get_employee', 'Get an employee by id.', { id: { type: 'string' } }],
  ['list_patients', 'List the patients of a practice.'],
  ['create_contact', 'Create a contact.', { first_name: { type: 'string' }, last_name: { type: 'string' }, email: { type: 'string' } }],
  ['search_candidates', 'Search candidates by skill.'],
  ['get_user_profile', 'Get the profile of a user.'],
  ['list_team_members', 'List the members of a team.'],
  ['verify_identity', 'Verify an identity.', { date_of_birth: { type: 'string' }, ssn: { type: 'string' } }],
  ['invite', 'Invite somebody to the workspace.', { email: { type: 'string' } }],
  ['customers-retrieve', 'Retrieve a customer.'],
  ['create_lead', 'Create a lead.', { company: { type: 'string' }, name: { type: 'string' } }],
  ['book_visit', 'Book a visit.', { visitor: { type: 'object', properties: { phoneNumber: { type: 'string' } } } }],
  ['get_medical_records', 'Get the medical records of a person.'],
];

const LOOK_ALIKES: Example[] = [
  ['get_commit', 'Get a commit with its author.', { author_email: { type: 'string' } }],
  ['list_issues', 'List issues of a user.', { user_id: { type: 'string' } }],
  ['delete_customer', 'Delete a customer.', { customer_id: { type: 'string' } }],
  ['count_users', 'Count the users of a site.'],
  ['get_user_permissions', 'Get the permissions of a user.'],
  ['list_database_users', 'List the database users.'],
  ['git_config', 'Set the identity for commits.', { email: { type: 'string', description: 'Email used for git commits' } }],
  ['list_contacts_fields', 'List the fields that contacts have.'],
  ['subscribe', 'Subscribe.', { email: { type: 'boolean' } }],
  ['get_wallet', 'Get a wallet.', { address: { type: 'string' } }],
  ['create_client', 'Create an OAuth client.', { name: { type: 'string' } }],
  ['find_candidates', 'Find citation graph candidates of a paper.'],
  ['create_company', 'Create a company.', { name: { type: 'string' }, email: { type: 'string' }, phone: { type: 'string' } }],
  ['add_item', 'Add an item to a timeline.', { phone: { type: 'string' }, url: { type: 'string' }, location: { type: 'string' } }],
  ['update_alert', 'Update an alert.', { emails: { type: 'array', description: 'Email addresses to notify' } }],
  ['list_host_group_members', 'List the members of a host group.'],
];

describe('personal-data', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(personalData, tool);
    expect(evidence).not.toEqual([]);
    expect(personalData.label(evidence)).toContain('personal data');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(personalData, tool)).toEqual([]);
  });
});
