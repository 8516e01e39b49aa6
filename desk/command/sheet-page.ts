import { svgOfPart } from './qr.ts'
import { sheetWords, type SheetLanguage } from './sheet-words.ts'

export interface SheetPage {
  /** The neutral name of the configuration: a sheet may lie on a desk. */
  readonly label: string
  readonly appUrl: string
  /** Texts of the codes in their order. */
  readonly parts: readonly string[]
  /** The six words, and those of other languages of the page at the same places. */
  readonly words: readonly string[]
  readonly ownWords: readonly { readonly language: SheetLanguage; readonly words: readonly string[] }[]
  /** Where an enrolment code is among the codes; without one the sheet is good for any tablet, at any time. */
  readonly oneTablet?: {
    /** Last whole day on which the code lets a tablet in. */
    readonly lastDay: Date
    readonly lostNumber: string
  }
  /** Who is called when a tablet is lost; without it there is a line to write on. Said on the card alone. */
  readonly telephone?: string
  readonly languages: readonly SheetLanguage[]
}

/** One A4 page that any browser prints: no script, nothing fetched, pictures drawn in the page itself. */
export function sheetPage(page: SheetPage): string {
  const { parts, words, languages, label } = page
  const codes = parts.map(
    (text, i) => `<figure>${svgOfPart(text)}<figcaption>${i + 1} / ${parts.length}</figcaption></figure>`,
  )
  return `<!doctype html>
<html lang="${languages[0]}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${escaped(label)}</title>
<style>${style}</style></head>
<body class="${languages.length > 3 ? 'many' : languages.length > 2 ? 'three' : 'few'}">
<h1><bdi>${escaped(label)}</bdi></h1>
<section class="words">${each(languages, ({ sixWords }) => `<h2>${sixWords}</h2>`)}
<ol lang="en" dir="ltr">${words.map((word, i) => `<li>${escaped(word)}${own(page, i)}</li>`).join('')}</ol></section>
<section class="codes${parts.length < 3 ? ' few' : ''}">${codes.join('\n')}</section>
<section class="ways">${each(languages, (_, language) => way(language, page))}</section>
${lostCard(page)}
</body></html>
`
}

const own = ({ ownWords }: SheetPage, i: number): string =>
  ownWords.map(({ language, words }) => `<small lang="${language}">${escaped(words[i] ?? '')}</small>`).join('')

function way(language: SheetLanguage, { appUrl, oneTablet }: SheetPage): string {
  const { title, steps, until, anyTablet } = sheetWords[language]
  const app = `<bdi dir="ltr">${escaped(appUrl)}</bdi>`
  const whose = oneTablet ? until.replace('{day}', `<b>${dayIn(language, oneTablet.lastDay)}</b>`) : anyTablet
  return `<h2>${title}</h2><ol>${steps.map((step) => `<li>${step.replace('{app}', app)}</li>`).join('')}</ol>
<p>${whose}</p>`
}

const dayIn = (language: SheetLanguage, day: Date): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-u-ca-gregory`, { dateStyle: 'long' }).format(day)

/** Only a receiver can stop a tablet that says its number. */
function lostCard({ oneTablet, telephone, languages }: SheetPage): string {
  if (!oneTablet) return ''
  const number = oneTablet.lostNumber.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3')
  const [first = 'en'] = languages
  const call =
    telephone === undefined ? '<span class="line"></span>' : `<b><bdi dir="ltr">${escaped(telephone)}</bdi></b>`
  return `<section class="lost"><div>${each(languages, ({ lost, keep }) => `<p><b>${lost}</b> ${keep}</p>`)}</div>
<div class="number"><b dir="ltr">${number}</b><p lang="${first}" dir="${directionOf(first)}">${sheetWords[first].telephone}: ${call}</p></div></section>`
}

/** The same in every language of the sheet, each said to be what it is. */
function each(
  languages: readonly SheetLanguage[],
  html: (words: (typeof sheetWords)[SheetLanguage], language: SheetLanguage) => string,
): string {
  return languages
    .map(
      (language) =>
        `<div lang="${language}" dir="${directionOf(language)}">${html(sheetWords[language], language)}</div>`,
    )
    .join('\n')
}

const directionOf = (language: SheetLanguage) => (language === 'ar' ? 'rtl' : 'ltr')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const style = `
@page { size: A4 portrait; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { width: 210mm; height: 296mm; padding: 9mm 10mm; overflow: hidden; display: flex; flex-direction: column; gap: 6mm;
  color: #000; background: #fff;
  font: 10pt/1.3 system-ui, "Noto Sans", "Noto Sans Arabic", "Noto Sans SC", "DejaVu Sans", sans-serif }
body.three { font-size: 8.5pt; gap: 4mm }
body.many { font-size: 7.5pt; line-height: 1.25; gap: 2mm }
h1 { font-size: 14pt; line-height: 1.1 }
h2 { font-size: 1.1em }
ol { padding-inline-start: 1.5em }
.words { display: flex; flex-wrap: wrap; gap: 0 5mm }
.words ol { flex-basis: 100%; list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 6mm; font-size: 15pt; font-weight: 700 }
.words small { display: block; font-size: 8pt; font-weight: 400; line-height: 1.15 }
.codes { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1mm 4mm; direction: ltr }
.codes.few { grid-template-columns: 75mm 75mm }
.many .codes:not(.few) { grid-template-columns: repeat(3, 52mm); justify-content: space-between }
.codes figure { text-align: center; font-size: 10pt; font-weight: 700; line-height: 1 }
.codes svg { display: block; width: 100%; height: auto }
.ways { display: grid; grid-template-columns: 1fr 1fr; gap: 2mm 6mm }
.few .ways > :only-child { grid-column: span 2 }
.three .ways, .many .ways { grid-template-columns: 1fr 1fr 1fr }
.lost { margin-top: auto; border: 0.4mm dashed #000; padding: 3mm; display: flex; gap: 6mm; align-items: center; justify-content: space-between }
.lost .number { flex: none; text-align: center }
.lost .number > b { font-size: 22pt; line-height: 1.2; white-space: nowrap }
.line { display: inline-block; width: 42mm; border-bottom: 0.3mm solid #000 }
`
