import { namesInCode } from '../asked-by-code.ts';
import { type Rung, withDummies } from './rung.ts';

/** Its code reads variables that look like credentials, and its output says nothing of them. Code names far more than is needed, so this comes late. */
export const codeEnvironment: Rung = {
  id: 'code-environment',
  async next(foothold) {
    const { launch, start, tried } = foothold;
    // One that hangs would hang again.
    if (tried.attempt.status === 'timeout') return undefined;
    return { ...start, env: withDummies(foothold, await namesInCode(launch.codeFolder, tried.text)) };
  },
};
