import { parseArgs } from 'node:util';
import { serve, tool } from './serve.js';

const FEATURES = ['docs', 'feeding', 'visitors'];
const { values } = parseArgs({ options: { features: { type: 'string' } } });
const features = values.features?.split(',') ?? FEATURES;
const unknown = features.find((feature) => !FEATURES.includes(feature));
if (unknown) process.exit(2);
if (features.includes('docs')) {
  process.stderr.write('Error: getaddrinfo ENOTFOUND docs.zoo.example\n');
  process.exit(1);
}
const tools = [features.includes('feeding') && tool('feed'), features.includes('visitors') && tool('count')];
serve(() => ({ tools: tools.filter(Boolean) }));
