/**
 * ISO 639-2 (terminology), with the ISO 639-1 code where there is one. Not listed: mis, mul, und, zxx and local-use
 * codes, and the two-letter code of Nauru (nau), because it equals the missing code `na`.
 */
const table = `
  aar/aa abk/ab ace ach ada ady afa afh afr/af ain aka/ak akk ale alg alt amh/am ang anp
  apa ara/ar arc arg/an arn arp art arw asm/as ast ath aus ava/av ave/ae awa aym/ay aze/az bad
  bai bak/ba bal bam/bm ban bas bat bej bel/be bem ben/bn ber bho bih/bh bik bin bis/bi bla
  bnt bod/bo bos/bs bra bre/br btk bua bug bul/bg byn cad cai car cat/ca cau ceb cel ces/cs
  cha/ch chb che/ce chg chk chm chn cho chp chr chu/cu chv/cv chy cmc cnr cop cor/kw cos/co
  cpe cpf cpp cre/cr crh crp csb cus cym/cy dak dan/da dar day del den deu/de dgr din
  div/dv doi dra dsb dua dum dyu dzo/dz efi egy eka ell/el elx eng/en enm epo/eo est/et eus/eu
  ewe/ee ewo fan fao/fo fas/fa fat fij/fj fil fin/fi fiu fon fra/fr frm fro frr frs fry/fy ful/ff
  fur gaa gay gba gem gez gil gla/gd gle/ga glg/gl glv/gv gmh goh gon gor got grb grc
  grn/gn gsw guj/gu gwi hai hat/ht hau/ha haw heb/he her/hz hil him hin/hi hit hmn hmo/ho hrv/hr hsb
  hun/hu hup hye/hy iba ibo/ig ido/io iii/ii ijo iku/iu ile/ie ilo ina/ia inc ind/id ine inh ipk/ik ira
  iro isl/is ita/it jav/jv jbo jpn/ja jpr jrb kaa kab kac kal/kl kam kan/kn kar kas/ks kat/ka kau/kr
  kaw kaz/kk kbd kha khi khm/km kho kik/ki kin/rw kir/ky kmb kok kom/kv kon/kg kor/ko kos kpe krc
  krl kro kru kua/kj kum kur/ku kut lad lah lam lao/lo lat/la lav/lv lez lim/li lin/ln lit/lt lol
  loz ltz/lb lua lub/lu lug/lg lui lun luo lus mad mag mah/mh mai mak mal/ml man map mar/mr
  mas mdf mdr men mga mic min mkd/mk mkh mlg/mg mlt/mt mnc mni mno moh mon/mn mos mri/mi
  msa/ms mun mus mwl mwr mya/my myn myv nah nai nap nau nav/nv nbl/nr nde/nd ndo/ng nds nep/ne
  new nia nic niu nld/nl nno/nn nob/nb nog non nor/no nqo nso nub nwc nya/ny nym nyn nyo
  nzi oci/oc oji/oj ori/or orm/om osa oss/os ota oto paa pag pal pam pan/pa pap pau peo phi
  phn pli/pi pol/pl pon por/pt pra pro pus/ps que/qu raj rap rar roa roh/rm rom ron/ro run/rn rup
  rus/ru sad sag/sg sah sai sal sam san/sa sas sat scn sco sel sem sga sgn shn sid
  sin/si sio sit sla slk/sk slv/sl sma sme/se smi smj smn smo/sm sms sna/sn snd/sd snk sog som/so
  son sot/st spa/es sqi/sq srd/sc srn srp/sr srr ssa ssw/ss suk sun/su sus sux swa/sw swe/sv syc syr
  tah/ty tai tam/ta tat/tt tel/te tem ter tet tgk/tg tgl/tl tha/th tig tir/ti tiv tkl tlh tli tmh
  tog ton/to tpi tsi tsn/tn tso/ts tuk/tk tum tup tur/tr tut tvl twi/tw tyv udm uga uig/ug ukr/uk
  umb urd/ur uzb/uz vai ven/ve vie/vi vol/vo vot wak wal war was wen wln/wa wol/wo xal xho/xh yao
  yap yid/yi yor/yo ypk zap zbl zen zgh zha/za zho/zh znd zul/zu zun zza
`

/** ISO 639-2 by the code that records hold. */
export const languageAlpha3: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split(/\s+/)
    .map((row) => [row.slice(4) || row, row.slice(0, 3)]),
)

/** Codes that records hold: two letters if ISO 639-1 has them, else three. */
export const languageCodes: readonly string[] = [...languageAlpha3.keys()]

export function isLanguageCode(code: string): boolean {
  return languageAlpha3.has(code)
}

const names = new Map<string, Intl.DisplayNames>()

/**
 * The platform's name of a language in a locale (BCP 47); the code where it has none, which is about one in seven, mostly
 * collective codes.
 */
export function languageName(code: string, locale: string): string {
  const inLocale = names.get(locale) ?? new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' })
  names.set(locale, inLocale)
  return inLocale.of(code) ?? code
}
