/** As accounts are named: Unicode form NFKC, lower case, no blanks around. Typing `An.Nguyen ` finds `an.nguyen`. */
export const normaliseUsername = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/** 3–60 of a–z, 0–9, dot, hyphen, underscore; begins with a letter. */
export const isUsername = (value: string): boolean => /^[a-z][a-z0-9._-]{2,59}$/.test(value)
