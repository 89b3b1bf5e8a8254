import { send, serve, tool } from './serve.js';

// Lists only after the client has answered: a ping with a result, everything else with "method not found".
const answers = new Map();
let asked;
const list = () => {
  const isRight = answers.get('ping')?.result && answers.get('roots')?.error?.code === -32601 && answers.get('log')?.error?.code === -32601;
  send({ id: asked, result: { tools: isRight ? [tool('first')] : [] } });
};

serve(
  () => ({ tools: [] }),
  (message) => {
    if (message.method === 'tools/list') {
      asked = message.id;
      send({ id: 'ping', method: 'ping' });
      send({ id: 'roots', method: 'roots/list' });
      send({ id: 'log', method: 'log', params: {} });
      send({ id: 9_999, result: { tools: [tool('for another question')] } });
      return true;
    }
    if (message.method) return false;
    answers.set(message.id, message);
    if (answers.size === 3) list();
    return true;
  },
);
