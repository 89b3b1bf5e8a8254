import { generateKeyPairSync } from 'node:crypto';
import { dummyFor } from './dummies.ts';

const KEY = dummyFor('KEY');
/** Far enough that no server takes a token for expired. */
const EXPIRES_AT_MS = 4_102_444_800_000;

/** A client of a desktop application, as the consoles of OAuth providers export it, and a token of it that looks fresh. */
const OAUTH = {
  client_id: '000000000000-dummy.apps.example.com',
  client_secret: KEY,
  project_id: 'dummy',
  auth_uri: 'https://example.com/auth',
  token_uri: 'https://example.com/token',
  redirect_uris: ['http://localhost:3000/oauth2callback', 'http://localhost'],
};
const TOKEN = { access_token: KEY, refresh_token: KEY, token_type: 'Bearer', scope: 'dummy', expiry_date: EXPIRES_AT_MS };

/**
 * Content for a file that a server reads credentials from: of the kind that its name and ending say, well-formed, and good for nothing.
 *
 * @param path - As the server names it.
 */
export function dummyFile(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (path.endsWith('.kube/config')) return KUBECONFIG;
  if (path.endsWith('.aws/credentials')) return `[default]\naws_access_key_id = AKIADUMMY0000DUMMY00\naws_secret_access_key = ${KEY}\n`;
  if (/\.(?:pem|key|p8)$/.test(name)) return privateKey();
  if (/\.ya?ml$/.test(name)) return `token: ${KEY}\napi_key: ${KEY}\n`;
  if (/\.(?:toml|ini|cfg|conf)$/.test(name)) return `[default]\ntoken = "${KEY}"\napi_key = "${KEY}"\n`;
  if (name.startsWith('.env') || name.endsWith('.env')) return `TOKEN=${KEY}\nAPI_KEY=${KEY}\n`;
  if (!name.endsWith('.json')) return `${KEY}\n`;
  return `${JSON.stringify(jsonOf(name), undefined, 2)}\n`;
}

function jsonOf(name: string) {
  if (/service[-_.]?account|adc|application_default/.test(name)) return serviceAccount();
  if (/openapi|swagger|spec/.test(name)) return OPENAPI;
  if (/token|session/.test(name)) return { ...TOKEN, normal: TOKEN, default: TOKEN };
  return { installed: OAUTH, web: OAUTH, ...OAUTH, ...TOKEN, type: 'authorized_user', api_key: KEY, apiKey: KEY, token: KEY };
}

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: dummy
clusters: [{ name: dummy, cluster: { server: 'https://127.0.0.1:1' } }]
contexts: [{ name: dummy, context: { cluster: dummy, user: dummy } }]
users: [{ name: dummy, user: { token: ${KEY} } }]
`;

const OPENAPI = {
  openapi: '3.0.0',
  info: { title: 'dummy', version: '1.0.0' },
  servers: [{ url: 'https://example.com' }],
  paths: {},
};

function serviceAccount() {
  return {
    type: 'service_account',
    project_id: 'dummy',
    private_key_id: KEY,
    private_key: privateKey(),
    client_email: 'dummy@dummy.example.com',
    client_id: '000000000000',
    token_uri: 'https://example.com/token',
  };
}

/** Fresh: a key in our code would be taken for a leaked one. */
function privateKey(): string {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return String(key.export({ type: 'pkcs8', format: 'pem' }));
}
