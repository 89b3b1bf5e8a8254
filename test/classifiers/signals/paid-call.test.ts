import { describe, expect, it } from 'vitest';
import { paidCall } from '../../../classifiers/signals/paid-call.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['generate_image', 'Generate an image from a text prompt with DALL-E 3.', { prompt: { type: 'string' } }],
  ['text_to_speech', 'Convert text to speech using ElevenLabs. Costs money: this tool makes an API call which may incur costs.'],
  ['create_video', 'Create a video from a prompt with Runway Gen-3.'],
  ['enrich_person', 'Find the profile of a person. Each call consumes 1 credit.'],
  ['deep_research', 'Researches a topic. Uses 10 credits per request.'],
  ['ask_perplexity', 'Ask Perplexity a question and get an answer with sources.'],
  ['chat', 'Sends a message to GPT-4o and returns its answer.'],
  ['send_sms', 'Send an SMS to a phone number.', { to: { type: 'string' }, body: { type: 'string' } }],
  ['make_call', 'Make an outbound call and read the text aloud.'],
  ['lookup_company', 'Looks up a company. $0.02 per call.'],
  ['generate_music', 'Generate a song with Suno.'],
  ['premium_search', 'A paid API call: billed per request to your account.'],
  ['research', 'Research a topic.', { maxCredits: { type: 'integer' } }],
  ['run_prompt', 'Runs a prompt. This makes a billable model call.'],
  ['embed', 'Create embeddings with OpenAI.', { input: { type: 'string' } }],
];

const LOOK_ALIKES: Example[] = [
  ['generate_qr_code', 'Generate a QR code image.'],
  ['generate_chart_image', 'Generate an image of a chart from data.'],
  ['get_credit_balance', 'Get the number of credits left on the account. Each search consumes 1 credit.'],
  ['list_invoices', 'List invoices with their costs.'],
  ['create_coupon', 'Create a coupon of $5 per customer.'],
  ['generate_image', 'Generate an image on this machine with ComfyUI, free of charge.'],
  ['get_usage', 'Get the usage of credits. This call does not consume credits.'],
  ['list_models', 'List the models of OpenAI that can be used.'],
  ['ask_llama', 'Ask a local model through Ollama.'],
  ['send_email', 'Send an email.'],
  ['estimate_cost', 'Estimate what a generation costs: about $0.04 per image.'],
  ['resize_image', 'Resize an image.'],
  ['generate_cost_report', 'Generate a cost report. Example: "Requests cost $0.20 per request".'],
  ['generate_texture', 'Procedural texture generation: noise, gradients, checkerboard.'],
  ['apify_list_actors', 'List actors.'],
  ['add_widget', 'Add a widget, e.g. one that costs 5 credits per month.'],
];

describe('paid-call', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(paidCall, tool);
    expect(evidence).not.toEqual([]);
    expect(paidCall.label(evidence)).toContain('costs money');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(paidCall, tool)).toEqual([]);
  });
});
