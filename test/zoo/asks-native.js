import { createRequire } from 'node:module';
import { serve, tool } from './serve.js';

// Waits for its database to open, and for a row, before it serves.
const { Database } = createRequire(import.meta.url)('./build/Release/zoo.node');
class Store extends Database {}
const store = await new Promise((resolve, reject) => {
  const opened = new Store('zoo.db', (error) => (error ? reject(error) : resolve(opened)));
  opened.on('error', (error) => reject(error));
});
store.all('select name from animals', [], (_, rows) => {
  const names = rows.map(({ name }) => name);
  serve(() => ({ tools: [...names, 'first'].map(tool) }));
});
