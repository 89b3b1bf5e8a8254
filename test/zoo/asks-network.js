import { get } from 'node:https';
import { serve, tool } from './serve.js';

// Logs in with one client and asks for what it may do with another, before it lists.
const { access_token: token } = await (await fetch('https://zoo.example/token', { method: 'POST' })).json();
get('https://zoo.example/me', { headers: { authorization: token } }, async (response) => {
  const { permissions } = JSON.parse(Buffer.concat(await response.toArray()).toString());
  const mayRead = permissions.some((permission) => permission === 'read');
  serve(() => ({ tools: mayRead ? [tool('first')] : [] }));
});
