import { z } from 'zod';
import { isJsonObject, type JsonObject as PlainObject } from './plain-json.ts';

export {
  canonicalJson,
  isDeeperThan,
  isJsonObject,
  type JsonValue,
  jsonPointer,
  MAX_JSON_DEPTH,
} from './plain-json.ts';

export type JsonObject = PlainObject;
export const JsonObject = z.custom<JsonObject>(isJsonObject, 'expected an object');
