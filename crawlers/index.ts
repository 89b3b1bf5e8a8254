import type { Crawler } from './crawler.ts';
import { starter } from './starter.ts';

/** Every source, in the order in which a run asks them. */
export const CRAWLERS: readonly Crawler[] = [starter];
