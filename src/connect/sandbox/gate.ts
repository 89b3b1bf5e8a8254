import type { Duplex } from 'node:stream';

/** Of the outermost program, and of everything it starts up to the gate. One digit, because a POSIX shell redirects no other. */
export const GATE_DESCRIPTOR = 3;

/**
 * Shell commands for the last moment before a stranger's program: say that everything up to here has asked for the parent-death signal, and go on
 * only when the caller answers. A caller that was killed while the sandbox was being made does not, and the end of its file ends the shell (`set -e`).
 */
export const AWAIT_GO = `set -e; echo >&${GATE_DESCRIPTOR}; read -r go <&${GATE_DESCRIPTOR}; exec ${GATE_DESCRIPTOR}>&-`;

/**
 * The caller's side.
 *
 * @param onPassed - The sandbox is made, and from now on the program inside answers for itself.
 */
export function answerGate(gate: Duplex, onPassed: () => void): void {
  gate.on('error', () => {});
  gate.once('data', () => {
    onPassed();
    gate.end('\n');
  });
}
