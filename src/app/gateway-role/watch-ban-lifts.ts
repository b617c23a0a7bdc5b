import { banLiftFile, type ServedGateway } from '../../gateway/index.ts';
import { watchFile } from './watch-file.ts';

/** Ends the bans that `nightlatch ban lift` asks for. Returns the function that ends the watch. */
export function watchBanLifts(gateway: ServedGateway, say: (text: string) => void): () => void {
  return watchFile(banLiftFile(gateway.dataDir), () => {
    for (const address of gateway.takeBanLifts()) say(`${address} is let in again.`);
  });
}
