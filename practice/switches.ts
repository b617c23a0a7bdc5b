/**
 * Every deliberate weakness of the practice shop, by id. `weaknesses.yaml` says what each one means and how to show it;
 * the code asks `weak('<id>')` at the very place where the weakness lives, and the other branch is the correct way.
 */
export const WEAKNESS_IDS = [
  // API1:2023 – reading what belongs to somebody else
  'customer-by-any-id',
  'order-by-any-id',
  // API2:2023 – knowing who is asking
  'customers-keyless',
  'orders-keyless',
  'stream-keyless',
  'chat-keyless',
  'login-unlimited',
  'login-names-the-wrong-half',
  'password-any',
  'token-unsigned-accepted',
  'token-weak-secret',
  'token-never-expires',
  'token-in-address',
  // API3:2023 – single fields too much, in or out
  'customer-too-much',
  'product-cost-shown',
  'customer-mass-assignment',
  'order-price-from-client',
  // API4:2023 – unlimited use
  'lists-unpaged',
  'upload-any-size',
  'report-unbounded',
  // API5:2023 – functions meant for staff
  'admin-any-customer',
  'product-price-any-customer',
  // API6:2023 – business rules a script can play with
  'limited-edition-unlimited',
  'order-quantity-unchecked',
  'voucher-guessing',
  // API7:2023 – the shop fetches what a stranger names
  'webhook-test-fetches-anything',
  // API8:2023 – settings
  'search-sql-injection',
  'search-page-reflects-script',
  'errors-show-stack',
  'errors-show-sql',
  'cors-reflects-origin',
  'headers-missing',
  'version-header',
  'cookies-without-flags',
  'private-answers-cacheable',
  'trace-answers',
  'debug-open',
  'docs-open',
  'uploads-listing',
  'upload-any-type',
  'env-file-served',
  'git-folder-served',
  'backup-file-served',
  'secret-in-page-script',
  'outdated-page-library',
  'form-posts-plain-http',
  'security-contact-missing',
  // API9:2023 – forgotten doors
  'old-version-open',
  'export-forgotten',
  // API10:2023 – believing what others send
  'payment-notice-unsigned',
  'carrier-answer-trusted',
] as const;

export type WeaknessId = (typeof WEAKNESS_IDS)[number];

/** Asks whether a weakness is switched on. */
export type Weak = (id: WeaknessId) => boolean;

/** `hardened`: all off. `without`: these off. `only`: these on and all others off. Nothing given: all on. */
export interface SwitchChoice {
  hardened?: boolean;
  without?: readonly string[];
  only?: readonly string[];
}

function isWeaknessId(id: string): id is WeaknessId {
  return (WEAKNESS_IDS as readonly string[]).includes(id);
}

/** @throws Error naming the unknown id, so that a typing error never leaves a weakness silently on. */
export function switchesFor(choice: SwitchChoice): Weak {
  const checked = (ids: readonly string[]): WeaknessId[] =>
    ids.map((id) => {
      if (!isWeaknessId(id)) {
        throw new Error(`There is no weakness called "${id}". The known ones are listed in practice/weaknesses.yaml.`);
      }
      return id;
    });
  const on = new Set<WeaknessId>(choice.hardened ? [] : choice.only ? checked(choice.only) : WEAKNESS_IDS);
  for (const id of checked(choice.without ?? [])) on.delete(id);
  return (id) => on.has(id);
}
