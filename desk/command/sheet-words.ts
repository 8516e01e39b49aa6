// What the set-up sheet says, in the languages of the app. `{app}` is its address, `{day}` the code's last day. The name of
// the button is the app's own, word for word.

export const sheetLanguages = ['en', 'fr', 'es', 'ar', 'ru', 'zh'] as const
export type SheetLanguage = (typeof sheetLanguages)[number]

export const isSheetLanguage = (text: string): text is SheetLanguage =>
  sheetLanguages.some((language) => language === text)

export interface SheetWords {
  readonly title: string
  readonly steps: readonly string[]
  readonly until: string
  /** Instead of `until`, where there is no code. */
  readonly anyTablet: string
  readonly sixWords: string
  readonly lost: string
  readonly keep: string
  readonly telephone: string
}

export const sheetWords: Readonly<Record<SheetLanguage, SheetWords>> = {
  en: {
    title: 'Set this tablet up',
    steps: [
      'Open {app} on the tablet and choose “Scan a code”.',
      'Hold its camera over each numbered square, in any order. No network is needed.',
      'Compare the six words that it shows with those on this sheet. Accept only if all agree.',
    ],
    until: 'For one tablet, until {day}. After that ask for a new sheet.',
    anyTablet: 'For every tablet of your organisation. What is finished is handed over as a sealed file.',
    sixWords: 'Six words',
    lost: 'Tablet lost or taken away? Call at once and say this number.',
    keep: 'Keep this card, but not with the tablet.',
    telephone: 'Telephone',
  },
  fr: {
    title: 'Configurer cette tablette',
    steps: [
      'Ouvrez {app} sur la tablette et choisissez «\u00A0Scanner un code\u00A0».',
      'Tenez l’appareil photo au-dessus de chaque carré numéroté, dans n’importe quel ordre. Aucun réseau n’est nécessaire.',
      'Comparez les six mots affichés avec ceux de cette feuille. N’acceptez que si tous concordent.',
    ],
    until: 'Pour une seule tablette, jusqu’au {day}. Ensuite, demandez une nouvelle feuille.',
    anyTablet:
      'Pour toutes les tablettes de votre organisation. Ce qui est terminé se remet sous forme de fichier scellé.',
    sixWords: 'Six mots',
    lost: 'Tablette perdue ou prise\u00A0? Appelez aussitôt et dites ce numéro.',
    keep: 'Gardez cette carte, mais pas avec la tablette.',
    telephone: 'Téléphone',
  },
  es: {
    title: 'Configurar esta tableta',
    steps: [
      'Abra {app} en la tableta y elija «Escanear un código».',
      'Ponga la cámara sobre cada cuadrado numerado, en cualquier orden. No hace falta red.',
      'Compare las seis palabras que muestra con las de esta hoja. Acepte solo si todas coinciden.',
    ],
    until: 'Para una sola tableta, hasta el {day}. Después, pida una hoja nueva.',
    anyTablet: 'Para todas las tabletas de su organización. Lo terminado se entrega como archivo sellado.',
    sixWords: 'Seis palabras',
    lost: '¿Tableta perdida o arrebatada? Llame de inmediato y diga este número.',
    keep: 'Guarde esta tarjeta, pero no junto a la tableta.',
    telephone: 'Teléfono',
  },
  ar: {
    title: 'إعداد هذا الجهاز',
    steps: [
      'يُفتح {app} على الجهاز ويُختار «مسح رمز».',
      'توضع الكاميرا فوق كل مربع مرقّم، بأي ترتيب. لا حاجة إلى شبكة.',
      'تُقارن الكلمات الست المعروضة بكلمات هذه الورقة. لا تُقبل إلا إذا تطابقت كلها.',
    ],
    until: 'لجهاز واحد، حتى {day}. بعد ذلك تُطلب ورقة جديدة.',
    anyTablet: 'لكل أجهزة المنظمة. ما اكتمل يُسلَّم ملفا مختوما.',
    sixWords: 'ست كلمات',
    lost: 'فُقد الجهاز أو أُخذ؟ يُتصل فورا ويُقال هذا الرقم.',
    keep: 'تُحفظ هذه البطاقة بعيدا عن الجهاز.',
    telephone: 'الهاتف',
  },
  ru: {
    title: 'Настроить этот планшет',
    steps: [
      'Откройте {app} на планшете и выберите «Сканировать код».',
      'Наведите камеру на каждый пронумерованный квадрат, в любом порядке. Сеть не нужна.',
      'Сравните шесть слов на экране со словами на этом листе. Принимайте, только если совпадают все.',
    ],
    until: 'Для одного планшета, по {day} включительно. Потом попросите новый лист.',
    anyTablet: 'Для всех планшетов вашей организации. Завершённое передаётся запечатанным файлом.',
    sixWords: 'Шесть слов',
    lost: 'Планшет потерян или отнят? Сразу позвоните и назовите этот номер.',
    keep: 'Храните эту карточку отдельно от планшета.',
    telephone: 'Телефон',
  },
  zh: {
    title: '设置这台平板',
    steps: [
      '在平板上打开 {app}，选择“扫描二维码”。',
      '用摄像头逐个对准带编号的方块，顺序不限，无需网络。',
      '核对屏幕上的六个词与本页的六个词。全部一致才接受。',
    ],
    until: '仅供一台平板使用，截至 {day}。逾期请索取新的设置单。',
    anyTablet: '供贵机构的所有平板使用。完成的内容以密封文件交付。',
    sixWords: '六个词',
    lost: '平板丢失或被夺走？请立即打电话并报出此号码。',
    keep: '请保管好此卡，但不要与平板放在一起。',
    telephone: '电话',
  },
}
