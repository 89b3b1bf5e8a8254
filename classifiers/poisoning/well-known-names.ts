/** Tools of widely used servers, by the names they are called with. Names that a letter less turns into another word are left out. */
export const KNOWN_TOOLS: ReadonlySet<string> = new Set(
  `read_file read_text_file read_multiple_files write_file edit_file create_directory list_directory directory_tree move_file search_files get_file_info
  list_allowed_directories delete_file copy_file upload_file download_file create_file append_file send_email send_message post_message read_email search_emails
  list_messages get_messages delete_email draft_email create_issue list_issues get_issue update_issue search_issues add_issue_comment create_pull_request
  list_pull_requests get_pull_request merge_pull_request search_repositories create_repository fork_repository create_branch list_branches get_file_contents
  push_files list_commits search_code search_users create_or_update_file execute_sql execute_query run_query read_query write_query query_database list_tables
  describe_table create_table drop_table list_schemas list_databases web_search search_web brave_web_search brave_local_search tavily_search fetch_url fetch_page
  scrape_page scrape_website crawl_website get_weather get_forecast current_weather get_current_time convert_time run_command execute_command execute_code run_code
  run_shell run_python execute_python browser_navigate browser_click browser_type browser_snapshot browser_take_screenshot puppeteer_navigate
  puppeteer_screenshot puppeteer_click create_entities create_relations add_observations delete_entities search_nodes open_nodes read_graph sequentialthinking
  sequential_thinking slack_post_message slack_list_channels slack_reply_to_thread slack_get_users slack_add_reaction list_channels get_channel_history
  reply_to_thread add_reaction list_events create_event update_event delete_event list_calendars create_page update_page search_pages get_page create_database
  query_data_source create_customer list_customers create_invoice create_payment create_payment_link list_products create_refund get_balance list_payments
  send_payment transfer_funds resolve_library_id get_library_docs query_docs git_status git_commit git_diff git_push git_clone git_checkout list_projects
  create_project list_files search_documents get_document create_document update_document delete_document get_secret read_secret list_secrets create_secret
  list_buckets upload_object list_objects get_object kubectl_get kubectl_apply list_pods get_logs docker_run list_containers create_task update_task list_tasks
  complete_task search_notes create_note read_note generate_image text_to_speech speech_to_text transcribe_audio translate_text summarize_text send_sms make_call
  send_notification get_contacts list_contacts create_contact update_contact search_contacts get_user create_user delete_user list_users
  list_repositories get_repository list_workspaces query_logs search_logs list_alerts list_monitors get_metrics query_metrics`.split(/\s+/),
);

/** Products that servers are named for; a slip in one is rarely a word of its own. */
export const KNOWN_PRODUCTS: ReadonlySet<string> = new Set(
  `github gitlab bitbucket slack notion atlassian confluence linear figma stripe paypal postgres postgresql mongodb redis sqlite mysql supabase firebase cloudflare
  netlify vercel kubernetes docker terraform grafana datadog sentry elasticsearch snowflake bigquery databricks airtable asana trello zapier hubspot salesforce
  zendesk intercom shopify wordpress webflow mailchimp sendgrid twilio postmark resend discord telegram whatsapp microsoft google gmail outlook onedrive sharepoint
  dropbox spotify youtube playwright puppeteer selenium browserbase firecrawl perplexity anthropic openai claude tavily context7 filesystem obsidian todoist clickup monday
  pagerduty jenkins circleci azure amazon digitalocean heroku auth0 bitwarden onepassword hashicorp plaid coinbase binance metamask blender unity`.split(
    /\s+/,
  ),
);
