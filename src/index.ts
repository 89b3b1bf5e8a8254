/** What programs may import; everything else is internal and may move. */
export { classifyTool } from '../classifiers/classify-tool.ts';
export { gradeOf } from '../classifiers/grade.ts';
export { CLASSIFIER_VERSION } from '../classifiers/version.ts';
export { AccessPolicy } from './model/access-policy.ts';
export { Classification } from './model/classification.ts';
export { Enumeration } from './model/enumeration.ts';
export { Explanation } from './model/explanation.ts';
export { FeedIndex, FeedServer, FeedTool } from './model/feed.ts';
export { ServerGrade } from './model/grade.ts';
export { PolicyDocument } from './model/policy.ts';
export { ServerContext } from './model/server.ts';
export { Tool } from './model/tool.ts';
export { type Call, evaluate, type Ruling, settle } from './policy/evaluate.ts';
export { makePolicy, type PolicyBasis, type PolicyChoice } from './policy/make-policy.ts';
export { loadPolicy, readPolicy } from './policy/read-policy.ts';
