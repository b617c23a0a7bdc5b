import { generate } from 'otplib';

/** What the app on the phone would show now. */
export function sixDigits(secret: string): Promise<string> {
  return generate({ secret });
}
