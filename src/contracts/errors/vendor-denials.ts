/** Refusals at the vendors' door; see denials.ts. */
export const vendorDenials = {
  'vendor-unknown': {
    status: 404,
    title: 'No such vendor',
    detail: 'No vendor is reached at this address. Check the port, the Host header or the first part of the path.',
  },
  'vendor-call-not-allowed': {
    status: 403,
    title: 'Call not allowed',
    detail: 'This method and path are not on the list of what may be called at this vendor. Ask for it to be added.',
  },
  'vendor-caller-not-allowed': {
    status: 403,
    title: 'Not allowed',
    detail: 'This key may not call this vendor. Use the key of a program that may, or ask for it to be added.',
  },
  'vendor-amount-unclear': {
    status: 422,
    title: 'Amount not clear',
    detail: 'How much this call spends cannot be read. Send amount and currency once, in the body, as JSON or a form.',
  },
  'vendor-calls-spent': {
    status: 429,
    title: 'Calls of the day used up',
    detail: 'No more calls to this vendor today. Wait as many seconds as Retry-After says, or ask for a higher limit.',
  },
  'vendor-money-spent': {
    status: 429,
    title: 'Money of the day used up',
    detail: 'This call would spend more at this vendor than is allowed for one day. Ask for a higher limit.',
  },
  'vendor-address-refused': {
    status: 502,
    title: 'Vendor not reachable',
    detail: 'The name of this vendor leads to an address that may not be called. Tell the owner of this installation.',
  },
} as const;
