import type { Rung } from './rung.ts';

const TIMES_OUT = 'timeout';
/** Usage, a wizard or a web server: what a package's other programs are for. */
const NOT_A_SERVER =
  /\busage\b|\blistening\b|https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)|\bwizard\b|\bset ?up\b|\binstall(?:er|ing)\b|\bconfigure\b|\bpress\b|\bselect\b|\?[ \t]{0,20}$/im;

/** The package has another program, and this one is no server over stdio: it prints usage, serves HTTP, asks questions, or ends well without a word. */
export const otherProgram: Rung = {
  id: 'other-program',
  next({ launch, start, tried }) {
    const programs = launch.otherPrograms ?? [];
    const { status, exitCode } = tried.attempt;
    if (exitCode !== 0 && status !== TIMES_OUT && !NOT_A_SERVER.test(tried.text)) return undefined;
    const position = programs.findIndex(({ name }) => name === start.program?.name);
    const program = programs[position + 1];
    return program && { ...start, program, args: [] };
  },
};
