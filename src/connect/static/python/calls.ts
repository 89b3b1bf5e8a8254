import { attributeOf } from './attributes.ts';
import { callBuiltin, environmentValue } from './builtins.ts';
import { callFunction, instantiate } from './functions.ts';
import { callMethod } from './methods.ts';
import type { Run } from './run.ts';
import { applyDecorator, callServerMethod, isServerPath, serverOf, takeConstructor } from './servers.ts';
import { isToolPath, noteDefinition } from './tool-definition.ts';
import { type Arguments, isDerivedFrom, type Made, type Place, UNKNOWN, type Value } from './value.ts';

/** What a call gives, whatever is called. */
export function callValue(callee: Value, given: Arguments, run: Run, place: Place): Value {
  switch (callee.kind) {
    case 'function':
      return callFunction(callee, given, run);
    case 'class': {
      const server = isDerivedFrom(callee, SERVER_BASE) ? run.newServer() : undefined;
      return instantiate(callee, given, run, server);
    }
    case 'external':
      return callExternal(callee.path, given, run, place);
    case 'generic':
      return callValue(callee.base, given, run, place);
    case 'decorator':
      return applyDecorator(callee, given.args[0], run);
    case 'method':
      return callMethodOf(callee, given, run, place);
    case 'instance': {
      const method = attributeOf(callee, '__call__', run, '');
      return method.kind === 'function' ? callFunction(method, given, run) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

const SERVER_BASE = /^(?:mcp|fastmcp|\w{0,40}mcp\w{0,40})\..{0,200}(?:FastMCP|MCPServer|Server)$/i;

function callMethodOf({ self, name }: Extract<Value, { kind: 'method' }>, given: Arguments, run: Run, place: Place): Value {
  const environment = environmentValue(self, name, given);
  if (environment) return environment;
  const server = serverOf(self, name, run);
  return server ? callServerMethod(server, name, given, run, place) : callMethod(self, name, given, run);
}

function callExternal(path: string, given: Arguments, run: Run, place: Place): Value {
  if (isServerPath(path)) return takeConstructor(run.newServer(), given, run, place);
  const known = callBuiltin(path, given, run);
  if (known) return known;
  // A server, or its environment, that is imported from somewhere else.
  const dot = path.lastIndexOf('.');
  const self: Value = { kind: 'external', path: path.slice(0, Math.max(dot, 0)) };
  const name = path.slice(dot + 1);
  const environment = environmentValue(self, name, given);
  if (environment) return environment;
  const server = serverOf(self, name, run);
  if (server) return callServerMethod(server, name, given, run, place);
  const made: Made = { kind: 'made', path, given, place };
  if (isToolPath(path)) noteDefinition(made, run);
  return made;
}
