import type { VariableCode } from './codebook.ts'

/**
 * An invented example for what a variable asks, in English, keyed by code. Ours throughout, and no part of the
 * classification. A module of its own, so that it is fetched only when somebody wants to read one.
 */
export const examples: Partial<Readonly<Record<VariableCode, string>>> = {
  // The event, step 1
  sta: 'The police suspect trafficking and no court has decided yet: presumed.',
  geo: 'A shelter in Seville writes the case down: Spain, even if everything happened in Morocco.',
  dat: 'The first interview was yesterday and is entered today: the moment of today.',
  coe: 'She was made to work in Malta first, and then in Italy: both, in this order.',
  exp: 'He was stopped at the airport before the work began: no exploitation took place.',
  // The event, step 2
  moc: 'Her passport was kept and she was told what would happen to her family: both are chosen.',
  ces: 'The police have opened a file and nobody is charged yet: under investigation.',
  cca: 'Article 177 bis of the criminal code: the law in the one box, 177 bis in the other.',
  cyb: 'The whole recruitment and all payments went through an app: yes. One telephone call: no.',
  ssc: 'Sold to clients in a flat, and filmed there: both forms are chosen.',
  fls: 'Picking strawberries by day, cleaning a hotel by night: agriculture, and accommodation.',
  dab: '“It was the spring two years ago”: the year, and about.',
  dae: 'She got away last Monday: that day. He is still there: still going on.',
  // The victim, step 1
  toe: 'Made to beg by day and to sell drugs at night: both types. The app counts it as mixed by itself.',
  sxv: 'The passport says F: female, whatever the person looks like or says. No passport seen: document not seen.',
  agv: 'Born in June 2006, recorded in May 2024: 17.',
  stv: 'The exact age is not known, and a doctor thinks 15 or 16: a child, presumed.',
  civ: 'She has a Moldovan and a Romanian passport: both.',
  // The victim, step 2
  lcv: 'Born in Nepal, at home in Qatar for three years before it began: Qatar.',
  msv: 'Married, and apart for years without a divorce: separated.',
  ncv: 'Two children at home and one who lives with the grandmother: 3.',
  lpv: 'Speaks Tigrinya at home and some English at work: Tigrinya.',
  lsv: 'Speaks Tigrinya best and gets by in Arabic: Arabic.',
  lev: 'Left in the last year of secondary school: the level before it is the highest completed.',
  // The perpetrator, steps 1 and 2
  sxp: 'The victim speaks of a man and no document was seen: document not seen.',
  agp: '“About forty” is a guess: not known, and an adult at the next question.',
  stp: 'The age is not known, and plainly a grown man: adult.',
  cip: 'The victim thinks that he is Spanish, and nobody has checked: not known.',
  rpp: 'The aunt found the work and took the wages: she recruited and exploited.',
  // Between the two
  rtv: 'He was her partner when it began, and is not any more: partner.',
  rvp: 'Written into exports from the answer to the other question; nobody is asked it.',
  // The reporting entity
  rer: 'The code that your organisation was given in its settings.',
  ret: 'The shelter writes it down, and the police identified the victim formally: police.',
  dem: 'A public office that the law names as the one that decides: mandated, and public.',
  // Step 3
  x3att: 'A neighbour called a hotline, and the hotline called you: the hotline.',
  x3loc: 'A locked flat above a restaurant: a private home.',
  x3nvk: 'Three are recorded here, and she saw five more: 8.',
  x3npk: 'The driver, the landlord and a woman who took the money: 3.',
  x3mor: 'An advertisement online for work in a hotel: an advertisement on the internet.',
  x3rre: 'The cousin who had gone before her: family.',
  x3aft: '24 now, and it began two years ago: 22.',
  x3prv: 'He was made to work on a fishing boat years ago, by others: yes.',
  x3trc: 'From Nigeria through Niger and Libya to Italy: Niger and Libya.',
  x3asp: 'A bed, a doctor and a lawyer: each of the three.',
  x3csm: 'She has moved to her sister’s, and you still meet: active.',
  x3pls: 'A cleaning company sent the workers, and no person is known: a legal entity.',
}

/** The examples by the key under which other languages have them: `sta.example`. */
export function exampleWording(): ReadonlyMap<string, string> {
  return new Map(Object.entries(examples).map(([code, example]) => [`${code}.example`, example]))
}
