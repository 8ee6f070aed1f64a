import type { FieldError } from '../../../kernel/errors.ts'
import { fold } from '../../../kernel/text.ts'

export const MIN_LENGTH = 12
export const MAX_LENGTH = 128

/**
 * Words that common passwords are made of, longest first: the heads of every published list of leaked passwords, in English and in
 * unaccented Vietnamese, and words of this place. What is left of a password without them must still be worth guessing.
 */
const COMMON = [
  'administrator',
  'construction',
  'password',
  'matkhau',
  'superman',
  'starwars',
  'football',
  'baseball',
  'princess',
  'sunshine',
  'trustno',
  'iloveyou',
  'letmein',
  'welcome',
  'whatever',
  'computer',
  'internet',
  'samsung',
  'liverpool',
  'chelsea',
  'arsenal',
  'pokemon',
  'naruto',
  'secret',
  'master',
  'monkey',
  'dragon',
  'shadow',
  'michael',
  'jordan',
  'batman',
  'qwerty',
  'azerty',
  'asdfgh',
  'zxcvbn',
  'qazwsx',
  'passwd',
  'admin',
  'login',
  'hello',
  'happy',
  'lucky',
  'summer',
  'winter',
  'spring',
  'autumn',
  'flower',
  'google',
  'facebook',
  'zalo',
  'vietnam',
  'vietnamese',
  'hanoi',
  'saigon',
  'camau',
  'cantho',
  'baclieu',
  'soctrang',
  'haugiang',
  'canbo',
  'congchuc',
  'uyban',
  'ubnd',
  'motcua',
  'cuaso',
  'phuong',
  'quanly',
  'anhyeuem',
  'emyeuanh',
  'yeuanh',
  'yeuem',
  'anhem',
  'giadinh',
  'hanhphuc',
  'maimai',
  'tinhyeu',
  'conyeu',
  'bame',
  'chongvo',
  'khongbiet',
  'khongco',
  'doimatkhau',
  'quenmatkhau',
  'matma',
  'chaoban',
  'xinchao',
  'nguyen',
  'tran',
  'pham',
  'hoang',
  'huynh',
  'minh',
  'linh',
  'thanh',
  'tuan',
  'hung',
  'changeme',
  'default',
  'guest',
  'test',
  'demo',
  'user',
  'root',
  'love',
  'pass',
  'word',
  'abc',
  'xyz',
  'tinh',
  'xa',
].sort((a, b) => b.length - a.length)

const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }

const ROWS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '01234567890']
const RUNS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))]

/** The letters and digits of a text without accents, in one piece. */
const plain = (text: string): string => fold(text).replaceAll(' ', '')

/** Removes years and runs of keys (`abcd`, `4321`, `qwer`). */
function withoutRuns(text: string): string {
  let left = text.replace(/(?:19|20)\d\d/g, ' ')
  for (const row of RUNS) {
    for (let size = Math.min(row.length, left.length); size >= 4; size -= 1) {
      for (let at = 0; at + size <= row.length; at += 1) left = left.replaceAll(row.slice(at, at + size), ' ')
    }
  }
  return left
}

/** What is left without common words, the person's own words, years, runs and repeats (`aaaa`, `abab`). */
function remainder(password: string, own: readonly string[]): string {
  let left = plain(password)
  for (const word of [...own, ...COMMON]) left = left.replaceAll(word, ' ')
  return withoutRuns(left)
    .replace(/(.{1,4}?)\1{2,}/g, ' ')
    .replace(/\s+/g, '')
}

/** `p@ssw0rd1234` → `password`: the run goes first, or its digits would be read as letters. */
const unleet = (text: string): string => [...withoutRuns(text.toLowerCase())].map((letter) => LEET[letter] ?? letter).join('')

/** What a person's password may not be made of: parts of the user name and of the name, three letters and longer. */
const ownWords = (username: string, name: string): string[] =>
  [plain(username), plain(name), ...username.split(/[._-]/).map(plain), ...name.split(/\s+/).map(plain)]
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)

/**
 * Why a new password cannot be used, at field `path`; empty when it can. Long rather than intricate (ASVS 5.0 6.2: at least 12 here, no
 * rules about kinds of letters, nothing common, nothing of the person's own).
 */
export function checkPassword(password: string, person: { username: string; name: string }, path: string): FieldError[] {
  const length = [...password].length
  if (length < MIN_LENGTH) {
    return [
      {
        path,
        message: {
          vi: `Mật khẩu cần ít nhất ${MIN_LENGTH} ký tự. Một câu ngắn dễ nhớ là tốt nhất.`,
          en: `The password needs at least ${MIN_LENGTH} characters. A short sentence works best.`,
        },
      },
    ]
  }
  if (length > MAX_LENGTH) {
    return [{ path, message: { vi: `Mật khẩu dài nhất ${MAX_LENGTH} ký tự.`, en: `At most ${MAX_LENGTH} characters.` } }]
  }
  const own = ownWords(person.username, person.name)
  if ([password, unleet(password)].some((form) => new Set(remainder(form, own)).size < 4)) {
    return [
      {
        path,
        message: {
          vi: 'Mật khẩu này dễ đoán: nó gồm tên, từ phổ biến, năm hoặc dãy phím liền nhau. Thêm vài từ không liên quan đến bạn.',
          en: 'This password is easy to guess: it is made of names, common words, years or runs of keys. Add a few unrelated words.',
        },
      },
    ]
  }
  return []
}
