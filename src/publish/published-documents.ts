import { z } from 'zod';
import { AccessPolicy } from '../model/access-policy.ts';
import { Classification } from '../model/classification.ts';
import { Correction } from '../model/correction.ts';
import { Explanation } from '../model/explanation.ts';
import { FeedIndex, FeedName, FeedServer, FeedTool } from '../model/feed.ts';
import { IdentityExplanation } from '../model/identity.ts';
import { PolicyDocument } from '../model/policy.ts';
import { RunReport } from '../model/run-report.ts';
import { ScanDocument } from '../model/scan.ts';
import { Settings } from '../model/settings.ts';

/** Every shape others may rely on, by the name of its file in `schema/`. */
const PUBLISHED = {
  'access-policy': AccessPolicy,
  classification: Classification,
  correction: Correction,
  explanation: Explanation,
  'feed-index': FeedIndex,
  'feed-name': FeedName,
  'feed-server': FeedServer,
  'feed-tool': FeedTool,
  'identity-explanation': IdentityExplanation,
  policy: PolicyDocument,
  'run-report': RunReport,
  scan: ScanDocument,
  settings: Settings,
} as const;

const WRITTEN_BY_PEOPLE: ReadonlySet<z.ZodType> = new Set([Settings, Correction]);

/** The JSON Schemas (2020-12) of the published documents: file name → text. */
export function publishedSchemas(): Map<string, string> {
  const files = Object.entries(PUBLISHED).map(([name, schema]): [string, string] => {
    // What is read is what a person may write; all else is what is written. A tool definition is whatever JSON its server sent: the schema says "anything" there.
    const document = z.toJSONSchema(schema, { unrepresentable: 'any', io: WRITTEN_BY_PEOPLE.has(schema) ? 'input' : 'output' });
    return [`${name}.schema.json`, `${JSON.stringify(document, null, 2)}\n`];
  });
  return new Map(files);
}
