import { parse } from 'yaml';
import type { Consumer } from './consumer.ts';

/** A stand-in: `check_allowed_or_banned_tools` of LiteLLM (litellm/proxy/_experimental/mcp_server/mcp_server_manager.py). */
export function litellmProxy(): Consumer {
  let servers: Record<string, { readonly allowed_tools?: readonly string[] }> = {};
  return {
    load(text) {
      servers = parse(text).mcp_servers;
      return undefined;
    },
    decide({ tool }) {
      const mayCall = Object.entries(servers).some(([server, { allowed_tools: allowed = [] }]) => {
        return allowed.length === 0 || allowed.includes(tool) || allowed.includes(`${server}-${tool}`);
      });
      return mayCall ? 'allow' : 'deny';
    },
  };
}
