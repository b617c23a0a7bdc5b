/**
 * A value with the shape of a payment company's live secret key that opens nothing. It is put together at run time, so
 * that leak scanners find it where a check-up should (in the served page script) and not in this repository.
 */
export const pretendSecretKey = (): string => ['sk', 'live', '51PRACTICEshopFAKE0000NOTaREALkey42'].join('_');

/** Its publishable sister: meant to be public, so a good check-up says nothing about it. */
export const pretendPublishableKey = (): string => ['pk', 'live', '51PRACTICEshopFAKE0000NOTaREALkey42'].join('_');
