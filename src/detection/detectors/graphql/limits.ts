import { CONFIDENCE } from '../../evidence.ts';

/**
 * From which size on something in a GraphQL document is abuse, in steps. Storefronts ask for some 60 fields, 8 deep, with a handful of
 * aliases; generated clients for some hundred. Whatever is above the first step no program of such a kind sends.
 */
type Steps = { readonly possible?: number; readonly likely: number; readonly certain: number };

export const LIMITS = {
  depth: { possible: 15, likely: 20, certain: 40 },
  argumentDepth: { likely: 20, certain: 60 },
  /** Fields when every fragment is put in where it is asked for. */
  expandedFields: { possible: 5_000, likely: 20_000, certain: 200_000 },
  tokens: { possible: 8_000, likely: 15_000, certain: 60_000 },
  /** Commas, spaces and line breaks, beyond what indentation of as many tokens explains. */
  ignored: { likely: 20_000, certain: 200_000 },
  aliasesOfOneField: { possible: 40, likely: 80, certain: 400 },
  aliasesOfOneMutation: { possible: 8, likely: 20, certain: 100 },
  /** Of a field that checks a secret: each alias is a guess. */
  guesses: { possible: 2, likely: 4, certain: 20 },
  repeatsOfOneField: { possible: 10, likely: 25, certain: 200 },
  directivesInARow: { likely: 8, certain: 30 },
  operations: { likely: 40, certain: 300 },
  variables: { likely: 300, certain: 2_000 },
  batch: { possible: 25, likely: 60, certain: 300 },
  /** The same two names in turns on the way down. */
  recurrence: { possible: 5, likely: 7, certain: 15 },
  /** Fields without arguments or selections at the top: somebody reads the schema from the suggestions in error messages. */
  probes: { possible: 25, likely: 50, certain: 300 },
  pageSize: { possible: 20_000, likely: 500_000, certain: 1_000_000_000 },
  /** The product of the page sizes on the way down. */
  nestedPages: { possible: 50_000_000, likely: 500_000_000, certain: 1e15 },
} as const satisfies Record<string, Steps>;

/** How sure a size makes; 0 below all steps. */
export function confidenceOf(size: number, steps: Steps): number {
  if (size >= steps.certain) return CONFIDENCE.certain;
  if (size >= steps.likely) return CONFIDENCE.likely;
  return steps.possible !== undefined && size >= steps.possible ? CONFIDENCE.possible : 0;
}

/** Fields that take a secret and say whether it was right. */
export const GUESSED_FIELD =
  /log_?in|sign_?in|authenticat|password|passcode|\botp|verify|token|totp|mfa|2fa|pin|redeem|coupon|voucher|gift_?card|promo/i;
