import { mintedKey } from '../minted-key.ts';
import { atMentions, type Signal } from '../signal.ts';

export const credentialMinting: Signal = {
  id: 'credential-minting',
  finds: 'the making of a new key, token or other credential',
  why: 'A credential made in one call can be used outside of every later policy.',
  weight: 0.3,
  label: () => 'Mints a new credential',
  detect: (parsed) => atMentions(credentialMinting.id, [mintedKey(parsed)]),
};
