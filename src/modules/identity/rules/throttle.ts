/** How many tries a window holds. At the last one the window starts anew, so the wait is always whole. */
export interface ThrottleLimit {
  readonly tries: number
  readonly minutes: number
}

/**
 * Wrong passwords for one account from one network. Others elsewhere go on: whoever guesses a user name keeps its officer out of
 * nothing. ASVS 5.0 6.3.1.
 */
export const accountLimit: ThrottleLimit = { tries: 5, minutes: 15 }

/** Wrong passwords for one account from all networks together: who guesses from many places is stopped too. */
export const wideLimit: ThrottleLimit = { tries: 50, minutes: 15 }

/** Wrong passwords from one network, for whichever account: many officers of one office share an address. */
export const addressLimit: ThrottleLimit = { tries: 40, minutes: 15 }
