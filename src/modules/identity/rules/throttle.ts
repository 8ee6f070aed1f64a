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

/**
 * Wrong second factors of one officer, from everywhere together: whoever gets so far knows the password already. ASVS 5.0 6.6.3.
 */
export const factorLimit: ThrottleLimit = { tries: 5, minutes: 15 }

/** The same over a day: twenty tries at three codes each leave a guesser six chances in a hundred thousand. */
export const factorDayLimit: ThrottleLimit = { tries: 20, minutes: 24 * 60 }
