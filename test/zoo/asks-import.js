// As some compilers leave it: without the ending that Node wants.
const { serve, tool } = await import('./serve');
serve(() => ({ tools: [tool('first')] }));
