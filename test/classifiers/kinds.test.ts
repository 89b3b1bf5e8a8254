import { describe, expect, it } from 'vitest';
import type { Category } from '../../src/model/classification.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { classify } from './examples.ts';

/** Name, description, parameters (all strings), and what the call does. */
type Row = readonly [name: string, description: string | undefined, parameters: string, category: Category];

const KINDS: { readonly [kind: string]: readonly Row[] } = {
  'names that shorten, or put the verb last': [
    ['rm', 'rm(path, recursive=false)', 'path', 'Destructive'],
    ['mv', undefined, 'src, dst', 'Write'],
    ['kv_del', undefined, 'key', 'Destructive'],
    ['acct_upd', 'Upd acct', 'id', 'Write'],
    ['tx_send', 'Sends a tx', 'to, amount', 'Financial'],
    ['users.purge', undefined, 'id', 'Destructive'],
    ['usrDel', undefined, 'id', 'Destructive'],
    ['New-ServicePrincipal', undefined, 'appId', 'Permissions'],
  ],
  'names that mislead': [
    ['delete_preview', 'Shows what would be deleted', 'plan', 'Read'],
    ['order_by', 'Sort rows by a column', 'column', 'Read'],
    ['read_and_delete', 'Reads the next message and deletes it from the queue', 'queue', 'Destructive'],
    ['get_or_create_tag', 'Return the tag with this name; creates it first if there is none', 'name', 'Write'],
    ['request_approval', 'File a request for a human to approve a risky call', 'tool', 'Write'],
    ['email_stats', 'Opens, clicks and bounces per day', 'from, to', 'Read'],
    ['transfer_call', 'Transfer an active call to another agent', 'call_sid, to', 'Write'],
    ['purge_cache', 'Purge the CDN cache', 'urls', 'Write'],
    ['set_visibility_timeout', 'Update the visibility timeout of a message', 'seconds', 'Write'],
    ['start_malware_scan', 'Start a malware scan of a host', 'host', 'Write'],
  ],
  'nouns that stand for what is done': [
    ['account_deletion', 'Performs deletion of an account', 'id', 'Destructive'],
    ['bulk_user_removal', 'Handles removal of users in bulk', 'ids', 'Destructive'],
    ['confirm-delete-content', 'Confirms and executes a content deletion previously previewed.', 'tag', 'Destructive'],
    ['x', 'Deletion of a stored record', 'id', 'Destructive'],
    ['catalogue', 'Performs a restart of the server', 'id', 'Execute'],
  ],
  'the main clause after praise, headings, advice': [
    ['comments', 'This powerful tool allows AI agents to seamlessly and securely delete comments.', 'id', 'Destructive'],
    ['ride', 'This powerful tool seamlessly plans mobility. Request a ride with the default payment profile.', 'from', 'Financial'],
    ['backup_now', 'Do not use this tool to restore or delete anything. Back up a configured path set.', 'plan', 'Write'],
    ['x', 'WHEN TO USE: to view a service. RETURNS: the id. Forward a port: add a NAT rule', 'port', 'Write'],
    ['API-query', 'Acme | Query a database', 'filter', 'Read'],
    ['x', 'When using this tool, always use the `jq` parameter. Only omit it if you know why. delete record', 'id', 'Destructive'],
    ['x', 'Make a request to read a catalogue.', 'id', 'Read'],
    ['x_tool', 'Site tool to perform actions like get pages, create page, delete page and more.', 'id', 'Destructive'],
  ],
  'other languages': [
    ['eliminar_cliente', 'Elimina un cliente.', 'id', 'Destructive'],
    ['buscar_productos', 'Busca productos en el catálogo', 'texto', 'Read'],
    ['criar_pedido', 'Cria um registro', 'itens', 'Write'],
    ['supprimer_note', 'Supprime une note', 'id', 'Destructive'],
    ['envoyer_message', 'Envoie un message', 'texte', 'Write'],
    ['beleg_loeschen', 'Löscht einen Beleg unwiderruflich', 'id', 'Destructive'],
    ['x', 'Einen neuen Eintrag erstellen', 'name', 'Write'],
    ['cerca_documenti', 'Cerca nei documenti', 'testo', 'Read'],
    ['删除用户', '删除指定的用户', 'id', 'Destructive'],
    ['x', '查询支付记录', 'id', 'Read'],
    ['x', '重启服务器', 'id', 'Execute'],
    ['x', 'ユーザーを削除します', 'id', 'Destructive'],
    ['x', '削除されたファイルの一覧を取得します', 'id', 'Read'],
    ['x', 'Удаляет запись', 'id', 'Destructive'],
    ['x', 'Получить список заказов', 'id', 'Read'],
  ],
  'who may do what': [
    ['create_user', 'Create a new user', 'email', 'Permissions'],
    ['create_client', 'Create an OAuth 2.0 client application', 'name', 'Permissions'],
    ['attach_role_policy', 'Attach a managed policy to a role', 'role, policy', 'Permissions'],
    ['update_port_forward', 'Update a port forwarding rule', 'id', 'Permissions'],
    ['open_port', 'Open a port in the firewall', 'port', 'Permissions'],
    ['create_access_code', 'Create an access code for a lock', 'code', 'Permissions'],
    ['unlock_door', 'Unlock the front door', 'id', 'Permissions'],
    ['repo_transfer', 'Transfer a repository to another owner.', 'repo, new_owner', 'Permissions'],
    ['make_public', 'Make a file accessible to anyone with the link', 'id', 'Permissions'],
    ['add_indicator', 'Add an indicator to the block list', 'ioc', 'Permissions'],
    ['create_team', 'Create a team.', 'name', 'Write'],
    ['create_account', 'Create a new company account', 'name', 'Write'],
    ['add_member_to_card', 'Add a member to a card', 'card', 'Write'],
    ['add_list_member', 'Add a contact to an audience list', 'email', 'Write'],
    ['promote_milestone', 'Promote a milestone', 'id', 'Write'],
  ],
  infrastructure: [
    ['kubectl_apply', 'Apply a YAML manifest to the cluster', 'manifest', 'Execute'],
    ['pods_run', 'Run a Pod with the provided container image', 'image', 'Execute'],
    ['slot_swap', 'Swap the staging slot into production', 'app', 'Execute'],
    ['update_service', "Update an ECS service's desired count", 'service, desired_count', 'Execute'],
    ['update_firmware', 'Update the firmware of a device', 'id', 'Execute'],
    ['rebuild_index', 'Rebuild the search index', '', 'Write'],
    ['launch_app', 'Launch an application', 'name', 'Write'],
    ['kill_query', 'Kill a running query', 'id', 'Write'],
    ['retry_check', 'Retry a failed status check', 'id', 'Write'],
  ],
  'what is lost, and what is not': [
    ['factory_reset', 'Factory reset the device', 'id', 'Destructive'],
    ['git_reset_hard', 'Reset the working tree to a commit', 'ref', 'Destructive'],
    ['recreate_collection', 'Create the collection anew. If it exists it is dropped first.', 'name', 'Destructive'],
    ['remove_documents', 'Remove documents from a collection', 'filter', 'Destructive'],
    ['release_number', 'Release a phone number from the account', 'sid', 'Destructive'],
    ['remove_domains', 'Remove domain assignment from entities.', 'urns', 'Write'],
    ['clear_task', 'Clear a task instance so that it can be retried', 'id', 'Write'],
    ['remove_from_cart', 'Remove an item from the cart', 'id', 'Write'],
    ['delete_ticket', 'Deletes a ticket. Deleted tickets can be restored within 30 days', 'id', 'Write'],
    ['archive', 'Archives a record; this does not permanently remove its history.', 'id', 'Write'],
    ['remove_background', 'Remove the background from an image', 'image', 'Read'],
    ['clean_text', 'Clean text by removing HTML tags', 'text', 'Read'],
  ],
  money: [
    ['run_payroll', 'Run payroll for a pay period', 'id', 'Financial'],
    ['checkout_cart', 'Checks out the current cart', 'token', 'Financial'],
    ['close_position', 'Close a position', 'symbol', 'Financial'],
    ['close_position', 'Close an open job position', 'job_id', 'Write'],
    ['book_flight', 'Book a flight', 'passengers', 'Financial'],
    ['book_meeting', 'Book a meeting slot', 'time', 'Write'],
    ['create_addon', 'Attach a paid add-on to an app; billing starts right away', 'app', 'Financial'],
    ['renew_domain', 'Renew a domain', 'domain, years', 'Financial'],
    ['register_domain', 'Register a domain to be watched', 'domain', 'Write'],
    ['cancel_subscription', 'Cancel a billing subscription', 'id', 'Financial'],
    ['subscribe', 'Create a subscription to change notifications', 'url', 'Write'],
    ['create_expected_payment', 'Create an expected payment', 'amount', 'Write'],
  ],
  'look-alikes of grave words': [
    ['register_user_agent', 'Sets the user agent string', 'value', 'Write'],
    ['update_refund_policy', 'Update the refund policy text', 'text', 'Write'],
    ['add_role_to_job', 'Add a required role to a job posting', 'id', 'Write'],
    ['set_layer_visibility', 'Set the visibility of a layer', 'id', 'Write'],
    ['block_time', 'Block time on the calendar', 'start', 'Write'],
    ['create_rule', 'Create a rule to associate attributes to pay statement items', 'id', 'Write'],
    ['kill_switch_status', 'Get kill switch status', '', 'Read'],
    ['drop_pin', 'Drop a pin on the map', 'lat, lng', 'Write'],
    ['scale_image', 'Scale an image', 'image', 'Read'],
    ['isolate_audio', 'Isolate speech from background noise', 'audio', 'Read'],
    ['delete_word', 'Deletes a word from the input string', 'string', 'Read'],
    ['search', 'Advanced web search with filters', 'q', 'Read'],
  ],
  'what somebody may do, taken away': [
    ['delete_permission', 'Delete a permission from a file', 'file_id', 'Permissions'],
    ['delete_role_assignment', 'Delete a role assignment', 'id', 'Permissions'],
    ['delete_invitation', 'Delete an invitation', 'id', 'Permissions'],
    ['delete_share_link', 'Delete a shared link', 'id', 'Permissions'],
    ['remove_approval', 'Remove approval from a pull request', 'id', 'Permissions'],
    ['expire_key', "Expire a device's key", 'id', 'Permissions'],
    ['reject_access', 'Reject an access request', 'id', 'Permissions'],
    ['delete_role', 'Delete a role', 'id', 'Destructive'],
    ['delete_file_share', 'Delete a file share', 'id', 'Destructive'],
    ['delete_reaction', 'Delete a reaction from a comment', 'id', 'Write'],
    ['remove_reviewer', 'Remove a review request from a pull request', 'id', 'Write'],
    ['licenses', 'Add or remove licenses for a user', 'id', 'Write'],
    ['unsubscribe_member', 'Unsubscribe a list member', 'email', 'Write'],
  ],
  'ways in': [
    ['expose_service', 'Expose a service to the internet', 'service', 'Permissions'],
    ['start_tunnel', 'Start a tunnel that makes a local port reachable from the internet', 'port', 'Permissions'],
    ['start_tunnel', 'Start a tunnel to a remote device', 'id', 'Write'],
    ['set_policy', 'Update the sign-in policy of the tenant', 'policy', 'Permissions'],
    ['set_config', 'Set a value by key. Keys: blockedCommands, allowedDirectories, telemetry', 'key, value', 'Permissions'],
    ['set_config', 'Set a value by key. Keys: theme, language', 'key, value', 'Write'],
    ['get_upload_url', 'Get a presigned URL to upload a file', 'name', 'Write'],
  ],
  'operations that stand as nouns': [
    ['run_rollback_pipeline', 'Run a rollback pipeline for a project', 'id', 'Execute'],
    ['trigger_deployment', 'Trigger a deployment', 'id', 'Execute'],
    ['up', 'Runs pulumi up on a stack', 'stack', 'Execute'],
    ['preview', 'Runs pulumi preview on a stack', 'stack', 'Read'],
    ['kubectl_patch', 'Update fields of a resource', 'name, patch', 'Execute'],
    ['update_app', 'Update an app spec and redeploy', 'id', 'Execute'],
    ['shift_traffic', 'Shift traffic to the new version', 'percent', 'Execute'],
    ['trigger_build', 'Trigger a build', 'id', 'Write'],
    ['list_deployments', 'List deployments', '', 'Read'],
    ['turn_on_device', 'Turn on a device', 'id', 'Write'],
    ['turn_on_instance', 'Turn on a virtual machine instance', 'id', 'Execute'],
  ],
  'what is reset, formatted, put down': [
    ['reset_device', 'Reset a device to factory defaults', 'id', 'Destructive'],
    ['reset_database', 'Reset the database', '', 'Destructive'],
    ['reset_password', "Reset a user's password", 'id', 'Permissions'],
    ['reset_filters', 'Reset all filters', '', 'Write'],
    ['format_disk', 'Format a disk', 'disk', 'Destructive'],
    ['format_cells', 'Format a range border', 'sheet_id', 'Write'],
    ['format_text', 'Format a text', 'text', 'Read'],
    ['remove_image', 'Remove a Docker image', 'image', 'Destructive'],
    ['drag_and_drop', 'Drag and drop an element onto another', 'from, to', 'Write'],
    ['evict_pod', 'Evict a pod from its node', 'pod', 'Execute'],
    ['burn_nft', 'Burn an NFT', 'token_id', 'Destructive'],
    ['burn_subtitles', 'Burn subtitles into a video', 'path', 'Write'],
  ],
  'verbs that look, and those that do not': [
    ['track_event', 'Track an event', 'event', 'Write'],
    ['track_shipment', 'Track a shipment', 'number', 'Read'],
    ['type_check', 'Type-check a file', 'path', 'Read'],
    ['go_to_definition', 'Go to the definition of a symbol', 'file', 'Read'],
    ['view_call', 'Call a view function of a smart contract', 'contract, function, args', 'Read'],
    ['group_layers', 'Group the selected layers', 'ids', 'Write'],
    ['uncomplete_task', 'Uncomplete a task', 'id', 'Write'],
    ['fix_config', 'Analyze, validate and fix a configuration', 'content', 'Read'],
    ['fix_issue', 'Fix an issue', 'issue_id', 'Write'],
    ['respond', 'Respond to an event invitation', 'id', 'Write'],
    ['web', 'Web browser for retrieval: searches the web and returns pages', 'query', 'Read'],
    ['rooms', 'Execute a saved question and get its rows', 'id', 'Read'],
  ],
  'bought by another name': [
    ['order_food', 'Order food from a restaurant', 'dish', 'Financial'],
    ['create_flight_order', 'Create a flight order', 'offer', 'Financial'],
    ['upgrade', 'Upgrade the account to a paid plan', 'plan', 'Financial'],
    ['transfer_domain', 'Transfer ownership of a domain to another account', 'domain', 'Permissions'],
    ['search_flight_offers', 'Search for flight offers', 'from', 'Read'],
  ],
  'verdicts and selections': [
    ['grade_submission', 'Grade a submission', 'submission_id, score', 'Write'],
    ['grade_text', 'Grade the readability of a text', 'text', 'Read'],
    ['select_workspace', 'Select a workspace', 'id', 'Write'],
    ['produce_message', 'Produce a message to a topic', 'topic', 'Write'],
  ],
};

describe.each(Object.entries(KINDS))('%s', (_kind, rows) => {
  it.each(rows)('%s: %s (%s) is %s', (name, description, parameters, category) => {
    expect(classify([name, description, propertiesOf(parameters)]).category).toBe(category);
  });
});

function propertiesOf(parameters: string): JsonObject {
  return Object.fromEntries(parameters.split(', ').flatMap((name) => (name === '' ? [] : [[name, { type: 'string' }]])));
}

describe('sibling tools', () => {
  const toolNames = ['deploy_key_get', 'deploy_key_list', 'deploy_key_update', 'charge_get', 'charge_list', 'charge_update'];

  it.each<Row>([
    ['deploy_key_get', undefined, 'id', 'Read'],
    ['charge_list', undefined, '', 'Read'],
    ['charge_update', 'Charge', 'id', 'Write'],
  ])('tell what %s is about', (name, description, parameters, category) => {
    expect(classify([name, description, propertiesOf(parameters)], { name: 'example', toolNames }).category).toBe(category);
  });

  it('of an identity server make an application something that signs in', () => {
    const context = { name: 'acme-sso', toolNames: [] };
    expect(classify(['create_application', 'Create an application'], context).category).toBe('Permissions');
    expect(classify(['create_application', 'Create an application']).category).toBe('Write');
  });
});
