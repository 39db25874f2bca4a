import type { Locale } from '../../language/locale'
import { languageOf } from './words'

/**
 * The words for numbers by language: a value, then its words. 0.5 is a half. Billions are a thousand millions in English and Portuguese, and
 * a million millions elsewhere. Words have these marks:
 *
 * - `word*`: any ending may follow.
 * - `~word`: it often means something else than the number, so it never counts as a wrong one.
 * - `^word`: the same, and it is never a part of a longer number: a decade, midnight.
 * - `one-two`: one word, also written with a space.
 *
 * A language with an empty table has no words that scale a number: East Asian units are characters (`chains.ts`). Of a language without a
 * table, nothing is known.
 */
const tables: Readonly<Record<string, string>> = {
  en: '0 zero|0.5 ~half ~halve*|1 ~one ~first|2 two ~second ^both ~doubl* ~twice ^pair* ^couple* ~twin*|3 three third thirds ~triple* ~treble*|4 four fourth ~quarter*|5 five fifth ~fifths|6 six sixth|7 seven seventh|8 eight eighth|9 nine ninth|10 ten tenth ^decade*|11 eleven eleventh|12 twelve dozen twelfth ^noon ^midday ^midnight|13 thirteen*|14 fourteen* ^fortnight|15 fifteen* ^fortnight|16 sixteen*|17 seventeen*|18 eighteen*|19 nineteen*|20 twenty twentieth ~twenties|30 thirty thirtieth ~thirties|40 forty fortieth ~forties|50 fifty fiftieth ~fifties|60 sixty sixtieth ~sixties|70 seventy seventieth ~seventies|80 eighty eightieth ~eighties|90 ninety ninetieth ~nineties|100 hundred hundredth ^centur*|1000 thousand|1e6 million mn|1e9 billion bn|1e12 trillion tn|1e15 quadrillion',
  fr: '0 zero|0.5 ~demi* ~moitie|1 ~un ~une ~premier*|2 deux ~double* ~second* ~deuxiem*|3 trois ~troisiem* ~tiers ~tripl*|4 quatre ~quatriem* ~quart*|5 cinq ~cinquiem*|6 six ~sixiem*|7 sept ~septiem*|8 huit ~huitiem*|9 neuf ~neuviem* ~neuv*|10 dix ~dixiem* ~dizaine* ^decenni*|11 onze ~onziem*|12 douze ~douziem* ~douzaine* ^midi ^minuit|13 treize ~treiziem*|14 quatorze ~quatorziem*|15 quinze ~quinziem* ^quinzaine*|16 seize ~seiziem*|20 vingt vingts ~vingtiem* ~vingtaine*|30 trente ~trentiem* ~trentaine*|40 quarante ~quarantiem* ~quarantaine*|50 cinquante ~cinquantiem* ~cinquantaine*|60 soixante ~soixantiem* ~soixantaine*|70 septante|80 quatre-vingt quatre-vingts ~quatre-vingtiem* huitante|90 nonante|100 cent cents ~centaine* ~centiem* ^siecle*|1000 mille ~millier*|1e6 million*|1e9 milliard* md mds|1e12 billion*',
  de: '0 null|0.5 ~halb* ~halfte ~anderthalb*|1 ~ein ~eins ~eine ~einen ~einem ~einer ~eines ~erst*|2 zwei ~zweit* ~beid* ~doppel* ~verdoppel*|3 drei ~dritt* ~verdreifach*|4 vier ~viert*|5 funf ~funft*|6 sechs ~sechst*|7 sieben ~siebt* ~siebent*|8 acht ~achte ~achten ~achter ~achtel|9 neun ~neunt*|10 zehn ~zehnt* ^jahrzehnt*|11 elf ~elft*|12 zwolf ~zwolft* dutzend* ^mittag* ^mitternacht|13 dreizehn*|14 vierzehn*|15 funfzehn*|16 sechzehn*|17 siebzehn*|18 achtzehn*|19 neunzehn*|20 zwanzig*|30 dreißig* dreissig*|40 vierzig*|50 funfzig*|60 sechzig*|70 siebzig*|80 achtzig*|90 neunzig*|100 hundert*|1000 tausend* tsd|1e6 million* mio|1e9 milliard* mrd|1e12 billion*',
  es: '0 cero|0.5 ~medio ~media ~medios ~medias ~mitad|1 ~un ~uno ~una ~primer*|2 dos ~ambos ~ambas ~segund* ~dobl* ~duplic*|3 tres ~tercer* ~tercio* ~tripl*|4 cuatro ~cuart*|5 cinco ~quint*|6 seis ~sext*|7 siete ~septim*|8 ocho ~octav*|9 nueve ~noven*|10 diez ~decim* ^decada* ^decenio*|11 once|12 doce docena* ^mediodia ^medianoche|13 trece|14 catorce|15 quince ^quincen*|16 dieciseis|17 diecisiete|18 dieciocho|19 diecinueve|20 veinte ~veinten* ~vigesim*|21 veintiun*|22 veintidos|23 veintitres|24 veinticuatro|25 veinticinco|26 veintiseis|27 veintisiete|28 veintiocho|29 veintinueve|30 treinta ~treinten*|40 cuarenta ~cuarent*|50 cincuenta ~cincuent*|60 sesenta ~sesent*|70 setenta ~setent*|80 ochenta ~ochent*|90 noventa ~novent*|100 cien ciento ~cientos ~centen* ^siglo*|200 doscient*|300 trescient*|400 cuatrocient*|500 quinient*|600 seiscient*|700 setecient*|800 ochocient*|900 novecient*|1000 mil ~miles ~millar*|1e6 millon* mm|1e9 millardo*|1e12 billon*',
  ca: '0 zero|0.5 ~mig ~mitja ~mitjos ~mitges ~meitat|1 ~un ~una ~primer*|2 dos dues ~ambdos ~ambdues ~segon* ~dobl* ~duplic*|3 tres ~tercer* ~terc* ~tripl*|4 quatre ~quart*|5 cinc ~cinque*|6 sis ~sise*|7 set ~sete*|8 vuit ~vuite*|9 ^nou ~nove*|10 deu ~dese* ^decad* ^decenni*|11 onze ~onze*|12 dotze dotzen* ^migdia ^mitjanit|13 tretze|14 catorze|15 quinze ^quinzen*|16 setze|17 disset|18 divuit|19 dinou ~dinove*|20 vint ~vinte* ~vintena|30 trenta ~trent*|40 quaranta ~quarant*|50 cinquanta ~cinquant*|60 seixanta ~seixant*|70 setanta ~setant*|80 vuitanta ~vuitant*|90 noranta ~norant*|100 cent cents centes ~centen* ^segle*|1000 mil ~miler*|1e6 milio*|1e9 miliard*|1e12 bilio*',
  pt: '0 zero|0.5 ~meio ~meia ~metade|1 ~um ~uma ~primeir*|2 dois duas ~ambos ~ambas ~segund* ~dobr* ~dupl*|3 tres ~terceir* ~terc* ~tripl*|4 quatro ~quart*|5 cinco ~quint*|6 seis ~sext*|7 sete ~setim*|8 oito ~oitav*|9 nove ~nono ~nona|10 dez ~decim* ^decada* ^dezen*|11 onze|12 doze duzia duzias ^meio-dia ^meia-noite|13 treze|14 catorze quatorze|15 quinze ^quinzen*|16 dezesseis dezasseis|17 dezessete dezassete|18 dezoito|19 dezenove dezanove|20 vinte ~vigesim* ~vinten*|30 trinta ~trinten*|40 quarenta ~quarent*|50 cinquenta ~cinquent*|60 sessenta ~sessent*|70 setenta ~setent*|80 oitenta ~oitent*|90 noventa ~novent*|100 cem cento ~centen* ^seculo*|200 duzent*|300 trezent*|400 quatrocent*|500 quinhent*|600 seiscent*|700 setecent*|800 oitocent*|900 novecent*|1000 mil ~milhar*|1e6 milhao milhoes mi|1e9 bilhao bilhoes bi|1e12 trilhao trilhoes tri',
  it: '0 zero|0.5 ~mezzo ~mezza ~mezzi ~meta ~dimezz*|1 ~un ~uno ~una ~prim*|2 due ~second* ~dopp* ~entramb* ~raddoppi*|3 tre ~terz* ~tripl*|4 quattro ~quart*|5 cinque ~quint*|6 sei ~sest*|7 sette ~settimo ~settima|8 otto ~ottav*|9 nove ~nono ~nona|10 dieci ~decim* ^decenni* ^decina ^decine|11 undici|12 dodici dozzin* ^mezzogiorno ^mezzanotte|13 tredici|14 quattordici|15 quindici ^quindicin*|16 sedici|17 diciassette|18 diciotto|19 diciannove|20 venti vent ~ventesim* ~ventin* ~ventenn*|30 trenta trent ~trentesim* ~trentin* ~trentenn*|40 quaranta quarant ~quarantin*|50 cinquanta cinquant ~cinquantin*|60 sessanta sessant ~sessantin*|70 settanta settant ~settantin*|80 ottanta ottant ~ottantin*|90 novanta novant ~novantin*|100 cento cent ~centinai* ^secol*|1000 mille mila ~migliai*|1e6 milion* mln|1e9 miliard* mld|1e12 bilion*',
  pl: '0 zero|0.5 ~pół ~połow* ~półtor*|1 ~jeden ~jedn* ~pierwsz*|2 dwa dwie dwoch dwu dwom dwoma dwoje dwojga ~oba ~obie ~obu ~oboje ~drug* ~podwo* ~dwukrotn*|3 trzy trzech trzem trzema troje trojga ~trzeci* ~potro* ~trzykrotn*|4 cztery czterech czterem czterema czworo czworga ~czwart* ~ćwierć*|5 piec pieciu pieciorga ~piat*|6 szesc szesciu ~szost*|7 siedem siedmiu ~siodm*|8 osiem osmiu ~osm*|9 dziewiec dziewieciu ~dziewiat*|10 dziesiec dziesieciu ~dziesiat* ^dekad*|11 jedenascie jedenastu ~jedenast*|12 dwanascie dwunastu ~dwunast* ~tuzin* ^południ* ^północ*|13 trzynascie trzynastu ~trzynast*|14 czternascie czternastu ~czternast*|15 pietnascie pietnastu ~pietnast*|16 szesnascie szesnastu ~szesnast*|17 siedemnascie siedemnastu ~siedemnast*|18 osiemnascie osiemnastu ~osiemnast*|19 dziewietnascie dziewietnastu ~dziewietnast*|20 dwadziescia dwudziestu ~dwudziest*|30 trzydziesci trzydziestu ~trzydziest*|40 czterdziesci czterdziestu ~czterdziest*|50 piecdziesi*|60 szescdziesi*|70 siedemdziesi*|80 osiemdziesi*|90 dziewiecdziesi*|100 sto stu ~setek ~setki ~setn* ^wiek*|200 dwiescie dwustu|300 trzysta trzystu|400 czterysta czterystu|500 piecset pieciuset|600 szescset szesciuset|700 siedemset siedmiuset|800 osiemset osmiuset|900 dziewiecset dziewieciuset|1000 tysi* tys|1e6 milion* mln|1e9 miliard* mld|1e12 bilion* bln',
  ar: '0 صفر|0.5 ~نصف|1 ~واحد ~واحدة ~أول ~أولى ~حادي*|2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي ~ثاني* ~ثان ~كلا ~كلتا ~ضعف* ~مزدوج* ~مرتين|3 ثلاث ثلاثة ~ثالث* ~ثلث*|4 أربع أربعة ~رابع* ~ربع|5 خمس خمسة ~خامس* ~خمس|6 ست ستة ~سادس*|7 سبع سبعة ~سابع*|8 ثمان ثماني ثمانية ~ثامن*|9 تسع تسعة ~تاسع*|10 عشر عشرة ~عاشر* ^عقد|12 ^ظهرا ^منتصف|20 عشرون عشرين ~عشريني*|30 ثلاثون ثلاثين ~ثلاثيني*|40 أربعون أربعين ~أربعيني*|50 خمسون خمسين ~خمسيني*|60 ستون ستين ~ستيني*|70 سبعون سبعين ~سبعيني*|80 ثمانون ثمانين ~ثمانيني*|90 تسعون تسعين ~تسعيني*|100 مئة مائة ~مئات ^قرن|200 مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي|1000 ألف آلاف ألفا|2000 ألفان ألفين ألفي|1e6 مليون ملايين مليونا|2e6 مليونان مليونين مليوني|1e9 مليار* بليون*|2e9 ملياران مليارين ملياري|1e12 تريليون*',
  ja: '',
  zh: '',
  ko: '',
}

/** A word for a number: its plain beginning, whether other endings may follow, and whether it is likely to mean the number. */
export interface Numeral {
  readonly stem: string
  readonly isOpen: boolean
  readonly value: number
  readonly isSure: boolean
  /** Whether it is a number by itself, and never a part of a longer one: a decade, midnight. */
  readonly isAlone: boolean
}

export interface Numerals {
  /** The words by their first letter, the longest first. */
  readonly byLetter: ReadonlyMap<string, readonly Numeral[]>
  /** Words that consist of two, written as one. */
  readonly joined: readonly (readonly [RegExp, string])[]
}

/** Words in the plain form in which they are compared: in lower case, without marks. */
export const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const known = new Map<string, Numerals>()

/** The words for numbers in the language of a locale; `undefined` if they are not known here. */
export function numeralsOf(locale: Locale): Numerals | undefined {
  const language = languageOf(locale)
  const table = tables[language]
  if (table === undefined) return undefined
  const numerals = known.get(language) ?? read(table)
  known.set(language, numerals)
  return numerals
}

function read(table: string): Numerals {
  const words = table.split('|').flatMap((entry) => {
    const [value, ...forms] = entry.split(' ')
    return forms.map((form) => ({ value: Number(value), form: folded(form) }))
  })
  const numerals = words.map(({ value, form }) => ({
    stem: form.replace(/[~^*-]/g, ''),
    isOpen: form.endsWith('*'),
    value,
    isSure: !/^[~^]/.test(form),
    isAlone: form.startsWith('^'),
  }))
  const longestFirst = numerals.toSorted((one, other) => other.stem.length - one.stem.length)
  return {
    byLetter: Map.groupBy(longestFirst, ({ stem }) => stem.charAt(0)),
    joined: words.flatMap(({ form }) => {
      const parts = form.replace(/[~^*]/g, '').split('-')
      return parts.length < 2 ? [] : [[new RegExp(parts.join('[\\s-]'), 'g'), parts.join('')] as const]
    }),
  }
}
