// Made by scripts/generate-languages from gherkin-languages.json: change that, not this.

extension Dialect {
  /// The names of all spoken languages that Gherkin has keywords for, in alphabetical order.
  public static let languages: [String] = [
    "af", "am", "amh", "an", "ar", "ast", "az", "be", "bg", "bm", "bs", "ca", "cs", "cy-GB", "da", "de",
    "el", "em", "en", "en-Scouse", "en-au", "en-lol", "en-old", "en-pirate", "en-tx", "eo", "es", "et", "fa",
    "fi", "fr", "ga", "gj", "gl", "he", "hi", "hr", "ht", "hu", "id", "is", "it", "ja", "jv", "ka", "kn",
    "ko", "lt", "lu", "lv", "mk-Cyrl", "mk-Latn", "ml", "mn", "mr", "ne", "nl", "no", "pa", "pl", "pt", "ro",
    "ru", "sk", "sl", "sr-Cyrl", "sr-Latn", "sv", "ta", "te", "th", "tlh", "tr", "tt", "uk", "ur", "uz",
    "vi", "zh-CN", "zh-TW",
  ]

  /// Makes the dialect of a spoken language.
  ///
  /// - Parameter language: The name of the language as a `# language:` line gives it, such as `fr`.
  public init?(language: String) {
    switch language {
    case "af": self = .languageAf
    case "am": self = .languageAm
    case "amh": self = .languageAmh
    case "an": self = .languageAn
    case "ar": self = .languageAr
    case "ast": self = .languageAst
    case "az": self = .languageAz
    case "be": self = .languageBe
    case "bg": self = .languageBg
    case "bm": self = .languageBm
    case "bs": self = .languageBs
    case "ca": self = .languageCa
    case "cs": self = .languageCs
    case "cy-GB": self = .languageCyGB
    case "da": self = .languageDa
    case "de": self = .languageDe
    case "el": self = .languageEl
    case "em": self = .languageEm
    case "en": self = .languageEn
    case "en-Scouse": self = .languageEnScouse
    case "en-au": self = .languageEnAu
    case "en-lol": self = .languageEnLol
    case "en-old": self = .languageEnOld
    case "en-pirate": self = .languageEnPirate
    case "en-tx": self = .languageEnTx
    case "eo": self = .languageEo
    case "es": self = .languageEs
    case "et": self = .languageEt
    case "fa": self = .languageFa
    case "fi": self = .languageFi
    case "fr": self = .languageFr
    case "ga": self = .languageGa
    case "gj": self = .languageGj
    case "gl": self = .languageGl
    case "he": self = .languageHe
    case "hi": self = .languageHi
    case "hr": self = .languageHr
    case "ht": self = .languageHt
    case "hu": self = .languageHu
    case "id": self = .languageId
    case "is": self = .languageIs
    case "it": self = .languageIt
    case "ja": self = .languageJa
    case "jv": self = .languageJv
    case "ka": self = .languageKa
    case "kn": self = .languageKn
    case "ko": self = .languageKo
    case "lt": self = .languageLt
    case "lu": self = .languageLu
    case "lv": self = .languageLv
    case "mk-Cyrl": self = .languageMkCyrl
    case "mk-Latn": self = .languageMkLatn
    case "ml": self = .languageMl
    case "mn": self = .languageMn
    case "mr": self = .languageMr
    case "ne": self = .languageNe
    case "nl": self = .languageNl
    case "no": self = .languageNo
    case "pa": self = .languagePa
    case "pl": self = .languagePl
    case "pt": self = .languagePt
    case "ro": self = .languageRo
    case "ru": self = .languageRu
    case "sk": self = .languageSk
    case "sl": self = .languageSl
    case "sr-Cyrl": self = .languageSrCyrl
    case "sr-Latn": self = .languageSrLatn
    case "sv": self = .languageSv
    case "ta": self = .languageTa
    case "te": self = .languageTe
    case "th": self = .languageTh
    case "tlh": self = .languageTlh
    case "tr": self = .languageTr
    case "tt": self = .languageTt
    case "uk": self = .languageUk
    case "ur": self = .languageUr
    case "uz": self = .languageUz
    case "vi": self = .languageVi
    case "zh-CN": self = .languageZhCN
    case "zh-TW": self = .languageZhTW
    default: return nil
    }
  }

  static var languageAf: Dialect {
    Dialect(
      language: "af", name: "Afrikaans", nativeName: "Afrikaans",
      feature: ["Funksie", "Besigheid Behoefte", "Vermoë"],
      rule: ["Reël", "Reel"],
      background: ["Agtergrond"],
      scenario: ["Voorbeeld", "Situasie"],
      scenarioOutline: ["Situasie Uiteensetting"],
      examples: ["Voorbeelde"],
      given: ["* ", "Gegewe "],
      when: ["* ", "Wanneer "],
      then: ["* ", "Dan "],
      and: ["* ", "En "],
      but: ["* ", "Maar "]
    )
  }

  static var languageAm: Dialect {
    Dialect(
      language: "am", name: "Armenian", nativeName: "հայերեն",
      feature: ["Ֆունկցիոնալություն", "Հատկություն"],
      rule: ["Rule"],
      background: ["Կոնտեքստ"],
      scenario: ["Օրինակ", "Սցենար"],
      scenarioOutline: ["Սցենարի կառուցվացքը"],
      examples: ["Օրինակներ"],
      given: ["* ", "Դիցուք "],
      when: ["* ", "Եթե ", "Երբ "],
      then: ["* ", "Ապա "],
      and: ["* ", "Եվ "],
      but: ["* ", "Բայց "]
    )
  }

  static var languageAmh: Dialect {
    Dialect(
      language: "amh", name: "Amharic", nativeName: "አማርኛ",
      feature: ["ስራ", "የተፈለገው ስራ", "የሚፈለገው ድርጊት"],
      rule: ["ህግ"],
      background: ["ቅድመ ሁኔታ", "መነሻ", "መነሻ ሀሳብ"],
      scenario: ["ምሳሌ", "ሁናቴ"],
      scenarioOutline: ["ሁናቴ ዝርዝር", "ሁናቴ አብነት"],
      examples: ["ምሳሌዎች", "ሁናቴዎች"],
      given: ["* ", "የተሰጠ "],
      when: ["* ", "መቼ "],
      then: ["* ", "ከዚያ "],
      and: ["* ", "እና "],
      but: ["* ", "ግን "]
    )
  }

  static var languageAn: Dialect {
    Dialect(
      language: "an", name: "Aragonese", nativeName: "Aragonés",
      feature: ["Caracteristica"],
      rule: ["Rule"],
      background: ["Antecedents"],
      scenario: ["Eixemplo", "Caso"],
      scenarioOutline: ["Esquema del caso"],
      examples: ["Eixemplos"],
      given: ["* ", "Dau ", "Dada ", "Daus ", "Dadas "],
      when: ["* ", "Cuan "],
      then: ["* ", "Alavez ", "Allora ", "Antonces "],
      and: ["* ", "Y ", "E "],
      but: ["* ", "Pero "]
    )
  }

  static var languageAr: Dialect {
    Dialect(
      language: "ar", name: "Arabic", nativeName: "العربية",
      feature: ["خاصية"],
      rule: ["Rule"],
      background: ["الخلفية"],
      scenario: ["مثال", "سيناريو"],
      scenarioOutline: ["سيناريو مخطط"],
      examples: ["امثلة"],
      given: ["* ", "بفرض "],
      when: ["* ", "متى ", "عندما "],
      then: ["* ", "اذاً ", "ثم "],
      and: ["* ", "و "],
      but: ["* ", "لكن "]
    )
  }

  static var languageAst: Dialect {
    Dialect(
      language: "ast", name: "Asturian", nativeName: "asturianu",
      feature: ["Carauterística"],
      rule: ["Rule"],
      background: ["Antecedentes"],
      scenario: ["Exemplo", "Casu"],
      scenarioOutline: ["Esbozu del casu"],
      examples: ["Exemplos"],
      given: ["* ", "Dáu ", "Dada ", "Daos ", "Daes "],
      when: ["* ", "Cuando "],
      then: ["* ", "Entós "],
      and: ["* ", "Y ", "Ya "],
      but: ["* ", "Peru "]
    )
  }

  static var languageAz: Dialect {
    Dialect(
      language: "az", name: "Azerbaijani", nativeName: "Azərbaycanca",
      feature: ["Özəllik"],
      rule: ["Rule"],
      background: ["Keçmiş", "Kontekst"],
      scenario: ["Nümunə", "Ssenari"],
      scenarioOutline: ["Ssenarinin strukturu"],
      examples: ["Nümunələr"],
      given: ["* ", "Tutaq ki ", "Verilir "],
      when: ["* ", "Əgər ", "Nə vaxt ki "],
      then: ["* ", "O halda "],
      and: ["* ", "Və ", "Həm "],
      but: ["* ", "Amma ", "Ancaq "]
    )
  }

  static var languageBe: Dialect {
    Dialect(
      language: "be", name: "Belarusian", nativeName: "Беларуская",
      feature: ["Функцыянальнасць", "Фіча"],
      rule: ["Правілы"],
      background: ["Кантэкст"],
      scenario: ["Сцэнарый", "Cцэнар"],
      scenarioOutline: ["Шаблон сцэнарыя", "Узор сцэнара"],
      examples: ["Прыклады"],
      given: ["* ", "Няхай ", "Дадзена "],
      when: ["* ", "Калі "],
      then: ["* ", "Тады "],
      and: ["* ", "I ", "Ды ", "Таксама "],
      but: ["* ", "Але ", "Інакш "]
    )
  }

  static var languageBg: Dialect {
    Dialect(
      language: "bg", name: "Bulgarian", nativeName: "български",
      feature: ["Функционалност"],
      rule: ["Правило"],
      background: ["Предистория"],
      scenario: ["Пример", "Сценарий"],
      scenarioOutline: ["Рамка на сценарий"],
      examples: ["Примери"],
      given: ["* ", "Дадено "],
      when: ["* ", "Когато "],
      then: ["* ", "То "],
      and: ["* ", "И "],
      but: ["* ", "Но "]
    )
  }

  static var languageBm: Dialect {
    Dialect(
      language: "bm", name: "Malay", nativeName: "Bahasa Melayu",
      feature: ["Fungsi"],
      rule: ["Rule"],
      background: ["Latar Belakang"],
      scenario: ["Senario", "Situasi", "Keadaan"],
      scenarioOutline: ["Kerangka Senario", "Kerangka Situasi", "Kerangka Keadaan", "Garis Panduan Senario"],
      examples: ["Contoh"],
      given: ["* ", "Diberi ", "Bagi "],
      when: ["* ", "Apabila "],
      then: ["* ", "Maka ", "Kemudian "],
      and: ["* ", "Dan "],
      but: ["* ", "Tetapi ", "Tapi "]
    )
  }

  static var languageBs: Dialect {
    Dialect(
      language: "bs", name: "Bosnian", nativeName: "Bosanski",
      feature: ["Karakteristika"],
      rule: ["Rule"],
      background: ["Pozadina"],
      scenario: ["Primjer", "Scenariju", "Scenario"],
      scenarioOutline: ["Scenariju-obris", "Scenario-outline"],
      examples: ["Primjeri"],
      given: ["* ", "Dato "],
      when: ["* ", "Kada "],
      then: ["* ", "Zatim "],
      and: ["* ", "I ", "A "],
      but: ["* ", "Ali "]
    )
  }

  static var languageCa: Dialect {
    Dialect(
      language: "ca", name: "Catalan", nativeName: "català",
      feature: ["Característica", "Funcionalitat"],
      rule: ["Rule"],
      background: ["Rerefons", "Antecedents"],
      scenario: ["Exemple", "Escenari"],
      scenarioOutline: ["Esquema de l'escenari"],
      examples: ["Exemples"],
      given: ["* ", "Donat ", "Donada ", "Atès ", "Atesa "],
      when: ["* ", "Quan "],
      then: ["* ", "Aleshores ", "Cal "],
      and: ["* ", "I "],
      but: ["* ", "Però "]
    )
  }

  static var languageCs: Dialect {
    Dialect(
      language: "cs", name: "Czech", nativeName: "Česky",
      feature: ["Požadavek"],
      rule: ["Pravidlo"],
      background: ["Pozadí", "Kontext"],
      scenario: ["Příklad", "Scénář"],
      scenarioOutline: ["Náčrt Scénáře", "Osnova scénáře"],
      examples: ["Příklady"],
      given: ["* ", "Pokud ", "Za předpokladu "],
      when: ["* ", "Když "],
      then: ["* ", "Pak "],
      and: ["* ", "A také ", "A "],
      but: ["* ", "Ale "]
    )
  }

  static var languageCyGB: Dialect {
    Dialect(
      language: "cy-GB", name: "Welsh", nativeName: "Cymraeg",
      feature: ["Arwedd"],
      rule: ["Rule"],
      background: ["Cefndir"],
      scenario: ["Enghraifft", "Scenario"],
      scenarioOutline: ["Scenario Amlinellol"],
      examples: ["Enghreifftiau"],
      given: ["* ", "Anrhegedig a "],
      when: ["* ", "Pryd "],
      then: ["* ", "Yna "],
      and: ["* ", "A "],
      but: ["* ", "Ond "]
    )
  }

  static var languageDa: Dialect {
    Dialect(
      language: "da", name: "Danish", nativeName: "dansk",
      feature: ["Egenskab"],
      rule: ["Regel"],
      background: ["Baggrund"],
      scenario: ["Eksempel", "Scenarie"],
      scenarioOutline: ["Abstrakt Scenario"],
      examples: ["Eksempler"],
      given: ["* ", "Givet "],
      when: ["* ", "Når "],
      then: ["* ", "Så "],
      and: ["* ", "Og "],
      but: ["* ", "Men "]
    )
  }

  static var languageDe: Dialect {
    Dialect(
      language: "de", name: "German", nativeName: "Deutsch",
      feature: ["Funktionalität", "Funktion"],
      rule: ["Rule", "Regel"],
      background: ["Grundlage", "Hintergrund", "Voraussetzungen", "Vorbedingungen"],
      scenario: ["Beispiel", "Szenario"],
      scenarioOutline: ["Szenariogrundriss", "Szenarien"],
      examples: ["Beispiele"],
      given: ["* ", "Angenommen ", "Gegeben sei ", "Gegeben seien "],
      when: ["* ", "Wenn "],
      then: ["* ", "Dann "],
      and: ["* ", "Und "],
      but: ["* ", "Aber "]
    )
  }

  static var languageEl: Dialect {
    Dialect(
      language: "el", name: "Greek", nativeName: "Ελληνικά",
      feature: ["Δυνατότητα", "Λειτουργία"],
      rule: ["Rule"],
      background: ["Υπόβαθρο"],
      scenario: ["Παράδειγμα", "Σενάριο"],
      scenarioOutline: ["Περιγραφή Σεναρίου", "Περίγραμμα Σεναρίου"],
      examples: ["Παραδείγματα", "Σενάρια"],
      given: ["* ", "Δεδομένου "],
      when: ["* ", "Όταν "],
      then: ["* ", "Τότε "],
      and: ["* ", "Και "],
      but: ["* ", "Αλλά "]
    )
  }

  static var languageEm: Dialect {
    Dialect(
      language: "em", name: "Emoji", nativeName: "😀",
      feature: ["📚"],
      rule: ["Rule"],
      background: ["💤"],
      scenario: ["🥒", "📕"],
      scenarioOutline: ["📖"],
      examples: ["📓"],
      given: ["* ", "😐"],
      when: ["* ", "🎬"],
      then: ["* ", "🙏"],
      and: ["* ", "😂"],
      but: ["* ", "😔"]
    )
  }

  static var languageEn: Dialect {
    Dialect(
      language: "en", name: "English", nativeName: "English",
      feature: ["Feature", "Business Need", "Ability"],
      rule: ["Rule"],
      background: ["Background"],
      scenario: ["Example", "Scenario"],
      scenarioOutline: ["Scenario Outline", "Scenario Template"],
      examples: ["Examples", "Scenarios"],
      given: ["* ", "Given "],
      when: ["* ", "When "],
      then: ["* ", "Then "],
      and: ["* ", "And "],
      but: ["* ", "But "]
    )
  }

  static var languageEnScouse: Dialect {
    Dialect(
      language: "en-Scouse", name: "Scouse", nativeName: "Scouse",
      feature: ["Feature"],
      rule: ["Rule"],
      background: ["Dis is what went down"],
      scenario: ["The thing of it is"],
      scenarioOutline: ["Wharrimean is"],
      examples: ["Examples"],
      given: ["* ", "Givun ", "Youse know when youse got "],
      when: ["* ", "Wun ", "Youse know like when "],
      then: ["* ", "Dun ", "Den youse gotta "],
      and: ["* ", "An "],
      but: ["* ", "Buh "]
    )
  }

  static var languageEnAu: Dialect {
    Dialect(
      language: "en-au", name: "Australian", nativeName: "Australian",
      feature: ["Pretty much"],
      rule: ["Rule"],
      background: ["First off"],
      scenario: ["Awww, look mate"],
      scenarioOutline: ["Reckon it's like"],
      examples: ["You'll wanna"],
      given: ["* ", "Y'know "],
      when: ["* ", "It's just unbelievable "],
      then: ["* ", "But at the end of the day I reckon "],
      and: ["* ", "Too right "],
      but: ["* ", "Yeah nah "]
    )
  }

  static var languageEnLol: Dialect {
    Dialect(
      language: "en-lol", name: "LOLCAT", nativeName: "LOLCAT",
      feature: ["OH HAI"],
      rule: ["Rule"],
      background: ["B4"],
      scenario: ["MISHUN"],
      scenarioOutline: ["MISHUN SRSLY"],
      examples: ["EXAMPLZ"],
      given: ["* ", "I CAN HAZ "],
      when: ["* ", "WEN "],
      then: ["* ", "DEN "],
      and: ["* ", "AN "],
      but: ["* ", "BUT "]
    )
  }

  static var languageEnOld: Dialect {
    Dialect(
      language: "en-old", name: "Old English", nativeName: "Englisc",
      feature: ["Hwaet", "Hwæt"],
      rule: ["Rule"],
      background: ["Aer", "Ær"],
      scenario: ["Swa"],
      scenarioOutline: ["Swa hwaer swa", "Swa hwær swa"],
      examples: ["Se the", "Se þe", "Se ðe"],
      given: ["* ", "Thurh ", "Þurh ", "Ðurh "],
      when: ["* ", "Bæþsealf ", "Bæþsealfa ", "Bæþsealfe ", "Ciricæw ", "Ciricæwe ", "Ciricæwa "],
      then: ["* ", "Tha ", "Þa ", "Ða ", "Tha the ", "Þa þe ", "Ða ðe "],
      and: ["* ", "Ond ", "7 "],
      but: ["* ", "Ac "]
    )
  }

  static var languageEnPirate: Dialect {
    Dialect(
      language: "en-pirate", name: "Pirate", nativeName: "Pirate",
      feature: ["Ahoy matey!"],
      rule: ["Rule"],
      background: ["Yo-ho-ho"],
      scenario: ["Heave to"],
      scenarioOutline: ["Shiver me timbers"],
      examples: ["Dead men tell no tales"],
      given: ["* ", "Gangway! "],
      when: ["* ", "Blimey! "],
      then: ["* ", "Let go and haul "],
      and: ["* ", "Aye "],
      but: ["* ", "Avast! "]
    )
  }

  static var languageEnTx: Dialect {
    Dialect(
      language: "en-tx", name: "Texas", nativeName: "Texas",
      feature: ["This ain’t my first rodeo", "All gussied up"],
      rule: ["Rule"],
      background: ["Lemme tell y'all a story"],
      scenario: ["All hat and no cattle"],
      scenarioOutline: ["Serious as a snake bite", "Busy as a hound in flea season"],
      examples: ["Now that's a story longer than a cattle drive in July"],
      given: ["Fixin' to ", "All git out "],
      when: ["Quick out of the chute "],
      then: ["There’s no tree but bears some fruit "],
      and: ["Come hell or high water "],
      but: ["Well now hold on, I'll you what "]
    )
  }

  static var languageEo: Dialect {
    Dialect(
      language: "eo", name: "Esperanto", nativeName: "Esperanto",
      feature: ["Trajto"],
      rule: ["Regulo"],
      background: ["Fono"],
      scenario: ["Ekzemplo", "Scenaro", "Kazo"],
      scenarioOutline: ["Konturo de la scenaro", "Skizo", "Kazo-skizo"],
      examples: ["Ekzemploj"],
      given: ["* ", "Donitaĵo ", "Komence "],
      when: ["* ", "Se "],
      then: ["* ", "Do "],
      and: ["* ", "Kaj "],
      but: ["* ", "Sed "]
    )
  }

  static var languageEs: Dialect {
    Dialect(
      language: "es", name: "Spanish", nativeName: "español",
      feature: ["Característica", "Necesidad del negocio", "Requisito"],
      rule: ["Regla", "Regla de negocio"],
      background: ["Antecedentes"],
      scenario: ["Ejemplo", "Escenario"],
      scenarioOutline: ["Esquema del escenario"],
      examples: ["Ejemplos"],
      given: ["* ", "Dado ", "Dada ", "Dados ", "Dadas "],
      when: ["* ", "Cuando "],
      then: ["* ", "Entonces "],
      and: ["* ", "Y ", "E "],
      but: ["* ", "Pero "]
    )
  }

  static var languageEt: Dialect {
    Dialect(
      language: "et", name: "Estonian", nativeName: "eesti keel",
      feature: ["Omadus"],
      rule: ["Reegel"],
      background: ["Taust"],
      scenario: ["Juhtum", "Stsenaarium"],
      scenarioOutline: ["Raamjuhtum", "Raamstsenaarium"],
      examples: ["Juhtumid"],
      given: ["* ", "Eeldades "],
      when: ["* ", "Kui "],
      then: ["* ", "Siis "],
      and: ["* ", "Ja "],
      but: ["* ", "Kuid "]
    )
  }

  static var languageFa: Dialect {
    Dialect(
      language: "fa", name: "Persian", nativeName: "فارسی",
      feature: ["ویژگی", "قابلیت"],
      rule: ["قانون"],
      background: ["زمینه", "پیش زمینه", "مقدمات"],
      scenario: ["مثال", "سناریو"],
      scenarioOutline: ["الگوی سناریو"],
      examples: ["نمونه ها"],
      given: ["* ", "با فرض ", "فرض کنید ", "با در نظر گرفتن "],
      when: ["* ", "هنگامی ", "وقتی "],
      then: ["* ", "آنگاه ", "سپس ", "انتظار می رود "],
      and: ["* ", "و "],
      but: ["* ", "اما "]
    )
  }

  static var languageFi: Dialect {
    Dialect(
      language: "fi", name: "Finnish", nativeName: "suomi",
      feature: ["Ominaisuus"],
      rule: ["Rule"],
      background: ["Tausta"],
      scenario: ["Tapaus"],
      scenarioOutline: ["Tapausaihio"],
      examples: ["Tapaukset"],
      given: ["* ", "Oletetaan "],
      when: ["* ", "Kun "],
      then: ["* ", "Niin "],
      and: ["* ", "Ja "],
      but: ["* ", "Mutta "]
    )
  }

  static var languageFr: Dialect {
    Dialect(
      language: "fr", name: "French", nativeName: "français",
      feature: ["Fonctionnalité"],
      rule: ["Règle"],
      background: ["Contexte"],
      scenario: ["Exemple", "Scénario"],
      scenarioOutline: ["Plan du scénario", "Plan du Scénario"],
      examples: ["Exemples"],
      given: [
        "* ", "Soit ", "Sachant que ", "Sachant qu'", "Sachant ", "Etant donné que ",
        "Etant donné qu'", "Etant donné ", "Etant donnée ", "Etant donnés ", "Etant données ",
        "Étant donné que ", "Étant donné qu'", "Étant donné ", "Étant donnée ", "Étant donnés ",
        "Étant données ",
      ],
      when: ["* ", "Quand ", "Lorsque ", "Lorsqu'"],
      then: ["* ", "Alors ", "Donc "],
      and: ["* ", "Et que ", "Et qu'", "Et "],
      but: ["* ", "Mais que ", "Mais qu'", "Mais "]
    )
  }

  static var languageGa: Dialect {
    Dialect(
      language: "ga", name: "Irish", nativeName: "Gaeilge",
      feature: ["Gné"],
      rule: ["Riail"],
      background: ["Cúlra"],
      scenario: ["Sampla", "Cás"],
      scenarioOutline: ["Cás Achomair"],
      examples: ["Samplaí"],
      given: ["* ", "Cuir i gcás go ", "Cuir i gcás nach ", "Cuir i gcás gur ", "Cuir i gcás nár "],
      when: ["* ", "Nuair a ", "Nuair nach ", "Nuair ba ", "Nuair nár "],
      then: ["* ", "Ansin "],
      and: ["* ", "Agus "],
      but: ["* ", "Ach "]
    )
  }

  static var languageGj: Dialect {
    Dialect(
      language: "gj", name: "Gujarati", nativeName: "ગુજરાતી",
      feature: ["લક્ષણ", "વ્યાપાર જરૂર", "ક્ષમતા"],
      rule: ["નિયમ"],
      background: ["બેકગ્રાઉન્ડ"],
      scenario: ["ઉદાહરણ", "સ્થિતિ"],
      scenarioOutline: ["પરિદ્દશ્ય રૂપરેખા", "પરિદ્દશ્ય ઢાંચો"],
      examples: ["ઉદાહરણો"],
      given: ["* ", "આપેલ છે "],
      when: ["* ", "ક્યારે "],
      then: ["* ", "પછી "],
      and: ["* ", "અને "],
      but: ["* ", "પણ "]
    )
  }

  static var languageGl: Dialect {
    Dialect(
      language: "gl", name: "Galician", nativeName: "galego",
      feature: ["Característica"],
      rule: ["Rule"],
      background: ["Contexto"],
      scenario: ["Exemplo", "Escenario"],
      scenarioOutline: ["Esbozo do escenario"],
      examples: ["Exemplos"],
      given: ["* ", "Dado ", "Dada ", "Dados ", "Dadas "],
      when: ["* ", "Cando "],
      then: ["* ", "Entón ", "Logo "],
      and: ["* ", "E "],
      but: ["* ", "Mais ", "Pero "]
    )
  }

  static var languageHe: Dialect {
    Dialect(
      language: "he", name: "Hebrew", nativeName: "עברית",
      feature: ["תכונה"],
      rule: ["כלל"],
      background: ["רקע"],
      scenario: ["דוגמא", "תרחיש"],
      scenarioOutline: ["תבנית תרחיש"],
      examples: ["דוגמאות"],
      given: ["* ", "בהינתן "],
      when: ["* ", "כאשר "],
      then: ["* ", "אז ", "אזי "],
      and: ["* ", "וגם "],
      but: ["* ", "אבל "]
    )
  }

  static var languageHi: Dialect {
    Dialect(
      language: "hi", name: "Hindi", nativeName: "हिंदी",
      feature: ["रूप लेख"],
      rule: ["नियम"],
      background: ["पृष्ठभूमि"],
      scenario: ["परिदृश्य"],
      scenarioOutline: ["परिदृश्य रूपरेखा"],
      examples: ["उदाहरण"],
      given: ["* ", "अगर ", "यदि ", "चूंकि "],
      when: ["* ", "जब ", "कदा "],
      then: ["* ", "तब ", "तदा "],
      and: ["* ", "और ", "तथा "],
      but: ["* ", "पर ", "परन्तु ", "किन्तु "]
    )
  }

  static var languageHr: Dialect {
    Dialect(
      language: "hr", name: "Croatian", nativeName: "hrvatski",
      feature: ["Osobina", "Mogućnost", "Mogucnost"],
      rule: ["Rule"],
      background: ["Pozadina"],
      scenario: ["Primjer", "Scenarij"],
      scenarioOutline: ["Skica", "Koncept"],
      examples: ["Primjeri", "Scenariji"],
      given: ["* ", "Zadan ", "Zadani ", "Zadano ", "Ukoliko "],
      when: ["* ", "Kada ", "Kad "],
      then: ["* ", "Onda "],
      and: ["* ", "I "],
      but: ["* ", "Ali "]
    )
  }

  static var languageHt: Dialect {
    Dialect(
      language: "ht", name: "Creole", nativeName: "kreyòl",
      feature: ["Karakteristik", "Mak", "Fonksyonalite"],
      rule: ["Rule"],
      background: ["Kontèks", "Istorik"],
      scenario: ["Senaryo"],
      scenarioOutline: [
        "Plan senaryo", "Plan Senaryo", "Senaryo deskripsyon", "Senaryo Deskripsyon",
        "Dyagram senaryo", "Dyagram Senaryo",
      ],
      examples: ["Egzanp"],
      given: ["* ", "Sipoze ", "Sipoze ke ", "Sipoze Ke "],
      when: ["* ", "Lè ", "Le "],
      then: ["* ", "Lè sa a ", "Le sa a "],
      and: ["* ", "Ak ", "Epi ", "E "],
      but: ["* ", "Men "]
    )
  }

  static var languageHu: Dialect {
    Dialect(
      language: "hu", name: "Hungarian", nativeName: "magyar",
      feature: ["Jellemző"],
      rule: ["Szabály"],
      background: ["Háttér"],
      scenario: ["Példa", "Forgatókönyv"],
      scenarioOutline: ["Forgatókönyv vázlat"],
      examples: ["Példák"],
      given: ["* ", "Amennyiben ", "Adott "],
      when: ["* ", "Majd ", "Ha ", "Amikor "],
      then: ["* ", "Akkor "],
      and: ["* ", "És "],
      but: ["* ", "De "]
    )
  }

  static var languageId: Dialect {
    Dialect(
      language: "id", name: "Indonesian", nativeName: "Bahasa Indonesia",
      feature: ["Fitur"],
      rule: ["Rule", "Aturan"],
      background: ["Dasar", "Latar Belakang"],
      scenario: ["Skenario"],
      scenarioOutline: ["Skenario konsep", "Garis-Besar Skenario"],
      examples: ["Contoh", "Misal"],
      given: ["* ", "Dengan ", "Diketahui ", "Diasumsikan ", "Bila ", "Jika "],
      when: ["* ", "Ketika "],
      then: ["* ", "Maka ", "Kemudian "],
      and: ["* ", "Dan "],
      but: ["* ", "Tapi ", "Tetapi "]
    )
  }

  static var languageIs: Dialect {
    Dialect(
      language: "is", name: "Icelandic", nativeName: "Íslenska",
      feature: ["Eiginleiki"],
      rule: ["Rule"],
      background: ["Bakgrunnur"],
      scenario: ["Atburðarás"],
      scenarioOutline: ["Lýsing Atburðarásar", "Lýsing Dæma"],
      examples: ["Dæmi", "Atburðarásir"],
      given: ["* ", "Ef "],
      when: ["* ", "Þegar "],
      then: ["* ", "Þá "],
      and: ["* ", "Og "],
      but: ["* ", "En "]
    )
  }

  static var languageIt: Dialect {
    Dialect(
      language: "it", name: "Italian", nativeName: "italiano",
      feature: ["Funzionalità", "Esigenza di Business", "Abilità"],
      rule: ["Regola"],
      background: ["Contesto"],
      scenario: ["Esempio", "Scenario"],
      scenarioOutline: ["Schema dello scenario"],
      examples: ["Esempi"],
      given: ["* ", "Dato ", "Data ", "Dati ", "Date "],
      when: ["* ", "Quando "],
      then: ["* ", "Allora "],
      and: ["* ", "E ", "Ed "],
      but: ["* ", "Ma "]
    )
  }

  static var languageJa: Dialect {
    Dialect(
      language: "ja", name: "Japanese", nativeName: "日本語",
      feature: ["フィーチャ", "機能"],
      rule: ["ルール"],
      background: ["背景"],
      scenario: ["シナリオ"],
      scenarioOutline: ["シナリオアウトライン", "シナリオテンプレート", "テンプレ", "シナリオテンプレ"],
      examples: ["例", "サンプル"],
      given: ["* ", "前提"],
      when: ["* ", "もし"],
      then: ["* ", "ならば"],
      and: ["* ", "且つ", "かつ"],
      but: ["* ", "然し", "しかし", "但し", "ただし"]
    )
  }

  static var languageJv: Dialect {
    Dialect(
      language: "jv", name: "Javanese", nativeName: "Basa Jawa",
      feature: ["Fitur"],
      rule: ["Rule"],
      background: ["Dasar"],
      scenario: ["Skenario"],
      scenarioOutline: ["Konsep skenario"],
      examples: ["Conto", "Contone"],
      given: ["* ", "Nalika ", "Nalikaning "],
      when: ["* ", "Manawa ", "Menawa "],
      then: ["* ", "Njuk ", "Banjur "],
      and: ["* ", "Lan "],
      but: ["* ", "Tapi ", "Nanging ", "Ananging "]
    )
  }

  static var languageKa: Dialect {
    Dialect(
      language: "ka", name: "Georgian", nativeName: "ქართული",
      feature: ["თვისება", "მოთხოვნა"],
      rule: ["წესი"],
      background: ["კონტექსტი"],
      scenario: ["მაგალითად", "მაგალითი", "მაგ", "სცენარი"],
      scenarioOutline: ["სცენარის ნიმუში", "სცენარის შაბლონი", "ნიმუში", "შაბლონი"],
      examples: ["მაგალითები"],
      given: ["* ", "მოცემული ", "მოცემულია ", "ვთქვათ "],
      when: ["* ", "როდესაც ", "როცა ", "როგორც კი ", "თუ "],
      then: ["* ", "მაშინ "],
      and: ["* ", "და ", "ასევე "],
      but: ["* ", "მაგრამ ", "თუმცა "]
    )
  }

  static var languageKn: Dialect {
    Dialect(
      language: "kn", name: "Kannada", nativeName: "ಕನ್ನಡ",
      feature: ["ಹೆಚ್ಚಳ"],
      rule: ["Rule"],
      background: ["ಹಿನ್ನೆಲೆ"],
      scenario: ["ಉದಾಹರಣೆ", "ಕಥಾಸಾರಾಂಶ"],
      scenarioOutline: ["ವಿವರಣೆ"],
      examples: ["ಉದಾಹರಣೆಗಳು"],
      given: ["* ", "ನೀಡಿದ "],
      when: ["* ", "ಸ್ಥಿತಿಯನ್ನು "],
      then: ["* ", "ನಂತರ "],
      and: ["* ", "ಮತ್ತು "],
      but: ["* ", "ಆದರೆ "]
    )
  }

  static var languageKo: Dialect {
    Dialect(
      language: "ko", name: "Korean", nativeName: "한국어",
      feature: ["기능"],
      rule: ["규칙"],
      background: ["배경"],
      scenario: ["시나리오"],
      scenarioOutline: ["시나리오 개요"],
      examples: ["예"],
      given: ["* ", "조건 ", "먼저 "],
      when: ["* ", "만일 ", "만약 "],
      then: ["* ", "그러면 "],
      and: ["* ", "그리고 "],
      but: ["* ", "하지만 ", "단 "]
    )
  }

  static var languageLt: Dialect {
    Dialect(
      language: "lt", name: "Lithuanian", nativeName: "lietuvių kalba",
      feature: ["Savybė"],
      rule: ["Rule"],
      background: ["Kontekstas"],
      scenario: ["Pavyzdys", "Scenarijus"],
      scenarioOutline: ["Scenarijaus šablonas"],
      examples: ["Pavyzdžiai", "Scenarijai", "Variantai"],
      given: ["* ", "Duota "],
      when: ["* ", "Kai "],
      then: ["* ", "Tada "],
      and: ["* ", "Ir "],
      but: ["* ", "Bet "]
    )
  }

  static var languageLu: Dialect {
    Dialect(
      language: "lu", name: "Luxemburgish", nativeName: "Lëtzebuergesch",
      feature: ["Funktionalitéit"],
      rule: ["Rule"],
      background: ["Hannergrond"],
      scenario: ["Beispill", "Szenario"],
      scenarioOutline: ["Plang vum Szenario"],
      examples: ["Beispiller"],
      given: ["* ", "ugeholl "],
      when: ["* ", "wann "],
      then: ["* ", "dann "],
      and: ["* ", "an ", "a "],
      but: ["* ", "awer ", "mä "]
    )
  }

  static var languageLv: Dialect {
    Dialect(
      language: "lv", name: "Latvian", nativeName: "latviešu",
      feature: ["Funkcionalitāte", "Fīča"],
      rule: ["Rule"],
      background: ["Konteksts", "Situācija"],
      scenario: ["Piemērs", "Scenārijs"],
      scenarioOutline: ["Scenārijs pēc parauga"],
      examples: ["Piemēri", "Paraugs"],
      given: ["* ", "Kad "],
      when: ["* ", "Ja "],
      then: ["* ", "Tad "],
      and: ["* ", "Un "],
      but: ["* ", "Bet "]
    )
  }

  static var languageMkCyrl: Dialect {
    Dialect(
      language: "mk-Cyrl", name: "Macedonian", nativeName: "Македонски",
      feature: ["Функционалност", "Бизнис потреба", "Можност"],
      rule: ["Rule"],
      background: ["Контекст", "Содржина"],
      scenario: ["Пример", "Сценарио", "На пример"],
      scenarioOutline: ["Преглед на сценарија", "Скица", "Концепт"],
      examples: ["Примери", "Сценарија"],
      given: ["* ", "Дадено ", "Дадена "],
      when: ["* ", "Кога "],
      then: ["* ", "Тогаш "],
      and: ["* ", "И "],
      but: ["* ", "Но "]
    )
  }

  static var languageMkLatn: Dialect {
    Dialect(
      language: "mk-Latn", name: "Macedonian (Latin)", nativeName: "Makedonski (Latinica)",
      feature: ["Funkcionalnost", "Biznis potreba", "Mozhnost"],
      rule: ["Rule"],
      background: ["Kontekst", "Sodrzhina"],
      scenario: ["Scenario", "Na primer"],
      scenarioOutline: ["Pregled na scenarija", "Skica", "Koncept"],
      examples: ["Primeri", "Scenaria"],
      given: ["* ", "Dadeno ", "Dadena "],
      when: ["* ", "Koga "],
      then: ["* ", "Togash "],
      and: ["* ", "I "],
      but: ["* ", "No "]
    )
  }

  static var languageMl: Dialect {
    Dialect(
      language: "ml", name: "Malayalam", nativeName: "മലയാളം",
      feature: ["സവിശേഷത"],
      rule: ["നിയമം"],
      background: ["പശ്ചാത്തലം"],
      scenario: ["രംഗം"],
      scenarioOutline: ["സാഹചര്യത്തിന്റെ രൂപരേഖ"],
      examples: ["ഉദാഹരണങ്ങൾ"],
      given: ["* ", "നൽകിയത്"],
      when: ["എപ്പോൾ"],
      then: ["* ", "പിന്നെ"],
      and: ["* ", "ഒപ്പം"],
      but: ["* ", "പക്ഷേ"]
    )
  }

  static var languageMn: Dialect {
    Dialect(
      language: "mn", name: "Mongolian", nativeName: "монгол",
      feature: ["Функц", "Функционал"],
      rule: ["Rule"],
      background: ["Агуулга"],
      scenario: ["Сценар"],
      scenarioOutline: ["Сценарын төлөвлөгөө"],
      examples: ["Тухайлбал"],
      given: ["* ", "Өгөгдсөн нь ", "Анх "],
      when: ["* ", "Хэрэв "],
      then: ["* ", "Тэгэхэд ", "Үүний дараа "],
      and: ["* ", "Мөн ", "Тэгээд "],
      but: ["* ", "Гэхдээ ", "Харин "]
    )
  }

  static var languageMr: Dialect {
    Dialect(
      language: "mr", name: "Marathi", nativeName: "मराठी",
      feature: ["वैशिष्ट्य", "सुविधा"],
      rule: ["नियम"],
      background: ["पार्श्वभूमी"],
      scenario: ["परिदृश्य"],
      scenarioOutline: ["परिदृश्य रूपरेखा"],
      examples: ["उदाहरण"],
      given: ["* ", "जर", "दिलेल्या प्रमाणे "],
      when: ["* ", "जेव्हा "],
      then: ["* ", "मग ", "तेव्हा "],
      and: ["* ", "आणि ", "तसेच "],
      but: ["* ", "पण ", "परंतु "]
    )
  }

  static var languageNe: Dialect {
    Dialect(
      language: "ne", name: "Nepali", nativeName: "नेपाली",
      feature: ["सुविधा", "विशेषता"],
      rule: ["नियम"],
      background: ["पृष्ठभूमी"],
      scenario: ["परिदृश्य"],
      scenarioOutline: ["परिदृश्य रूपरेखा"],
      examples: ["उदाहरण", "उदाहरणहरु"],
      given: ["* ", "दिइएको ", "दिएको ", "यदि "],
      when: ["* ", "जब "],
      then: ["* ", "त्यसपछि ", "अनी "],
      and: ["* ", "र ", "अनि "],
      but: ["* ", "तर "]
    )
  }

  static var languageNl: Dialect {
    Dialect(
      language: "nl", name: "Dutch", nativeName: "Nederlands",
      feature: ["Functionaliteit"],
      rule: ["Regel"],
      background: ["Achtergrond"],
      scenario: ["Voorbeeld", "Scenario"],
      scenarioOutline: ["Abstract Scenario"],
      examples: ["Voorbeelden"],
      given: ["* ", "Gegeven ", "Stel "],
      when: ["* ", "Als ", "Wanneer "],
      then: ["* ", "Dan "],
      and: ["* ", "En "],
      but: ["* ", "Maar "]
    )
  }

  static var languageNo: Dialect {
    Dialect(
      language: "no", name: "Norwegian", nativeName: "norsk",
      feature: ["Egenskap"],
      rule: ["Regel"],
      background: ["Bakgrunn"],
      scenario: ["Eksempel", "Scenario"],
      scenarioOutline: ["Scenariomal", "Abstrakt Scenario"],
      examples: ["Eksempler"],
      given: ["* ", "Gitt "],
      when: ["* ", "Når "],
      then: ["* ", "Så "],
      and: ["* ", "Og "],
      but: ["* ", "Men "]
    )
  }

  static var languagePa: Dialect {
    Dialect(
      language: "pa", name: "Panjabi", nativeName: "ਪੰਜਾਬੀ",
      feature: ["ਖਾਸੀਅਤ", "ਮੁਹਾਂਦਰਾ", "ਨਕਸ਼ ਨੁਹਾਰ"],
      rule: ["Rule"],
      background: ["ਪਿਛੋਕੜ"],
      scenario: ["ਉਦਾਹਰਨ", "ਪਟਕਥਾ"],
      scenarioOutline: ["ਪਟਕਥਾ ਢਾਂਚਾ", "ਪਟਕਥਾ ਰੂਪ ਰੇਖਾ"],
      examples: ["ਉਦਾਹਰਨਾਂ"],
      given: ["* ", "ਜੇਕਰ ", "ਜਿਵੇਂ ਕਿ "],
      when: ["* ", "ਜਦੋਂ "],
      then: ["* ", "ਤਦ "],
      and: ["* ", "ਅਤੇ "],
      but: ["* ", "ਪਰ "]
    )
  }

  static var languagePl: Dialect {
    Dialect(
      language: "pl", name: "Polish", nativeName: "polski",
      feature: ["Właściwość", "Funkcja", "Aspekt", "Potrzeba biznesowa"],
      rule: ["Zasada", "Reguła"],
      background: ["Założenia"],
      scenario: ["Przykład", "Scenariusz"],
      scenarioOutline: ["Szablon scenariusza"],
      examples: ["Przykłady"],
      given: ["* ", "Zakładając ", "Mając ", "Zakładając, że "],
      when: ["* ", "Jeżeli ", "Jeśli ", "Gdy ", "Kiedy "],
      then: ["* ", "Wtedy "],
      and: ["* ", "Oraz ", "I "],
      but: ["* ", "Ale "]
    )
  }

  static var languagePt: Dialect {
    Dialect(
      language: "pt", name: "Portuguese", nativeName: "português",
      feature: ["Funcionalidade", "Característica", "Caracteristica"],
      rule: ["Regra"],
      background: ["Contexto", "Cenário de Fundo", "Cenario de Fundo", "Fundo"],
      scenario: ["Exemplo", "Cenário", "Cenario"],
      scenarioOutline: [
        "Esquema do Cenário", "Esquema do Cenario", "Delineação do Cenário",
        "Delineacao do Cenario",
      ],
      examples: ["Exemplos", "Cenários", "Cenarios"],
      given: ["* ", "Dado ", "Dada ", "Dados ", "Dadas "],
      when: ["* ", "Quando "],
      then: ["* ", "Então ", "Entao "],
      and: ["* ", "E "],
      but: ["* ", "Mas "]
    )
  }

  static var languageRo: Dialect {
    Dialect(
      language: "ro", name: "Romanian", nativeName: "română",
      feature: ["Functionalitate", "Funcționalitate", "Funcţionalitate"],
      rule: ["Rule"],
      background: ["Context"],
      scenario: ["Exemplu", "Scenariu"],
      scenarioOutline: ["Structura scenariu", "Structură scenariu"],
      examples: ["Exemple"],
      given: ["* ", "Date fiind ", "Dat fiind ", "Dată fiind", "Dati fiind ", "Dați fiind ", "Daţi fiind "],
      when: ["* ", "Cand ", "Când "],
      then: ["* ", "Atunci "],
      and: ["* ", "Si ", "Și ", "Şi "],
      but: ["* ", "Dar "]
    )
  }

  static var languageRu: Dialect {
    Dialect(
      language: "ru", name: "Russian", nativeName: "русский",
      feature: ["Функция", "Функциональность", "Функционал", "Свойство", "Фича"],
      rule: ["Правило"],
      background: ["Предыстория", "Контекст"],
      scenario: ["Пример", "Сценарий"],
      scenarioOutline: ["Структура сценария", "Шаблон сценария"],
      examples: ["Примеры", "Значения"],
      given: ["* ", "Допустим ", "Дано ", "Пусть "],
      when: ["* ", "Когда ", "Если "],
      then: ["* ", "То ", "Затем ", "Тогда "],
      and: ["* ", "И ", "К тому же ", "Также "],
      but: ["* ", "Но ", "А ", "Иначе "]
    )
  }

  static var languageSk: Dialect {
    Dialect(
      language: "sk", name: "Slovak", nativeName: "Slovensky",
      feature: ["Požiadavka", "Funkcia", "Vlastnosť"],
      rule: ["Rule"],
      background: ["Pozadie"],
      scenario: ["Príklad", "Scenár"],
      scenarioOutline: ["Náčrt Scenáru", "Náčrt Scenára", "Osnova Scenára"],
      examples: ["Príklady"],
      given: ["* ", "Pokiaľ ", "Za predpokladu "],
      when: ["* ", "Keď ", "Ak "],
      then: ["* ", "Tak ", "Potom "],
      and: ["* ", "A ", "A tiež ", "A taktiež ", "A zároveň "],
      but: ["* ", "Ale "]
    )
  }

  static var languageSl: Dialect {
    Dialect(
      language: "sl", name: "Slovenian", nativeName: "Slovenski",
      feature: ["Funkcionalnost", "Funkcija", "Možnosti", "Moznosti", "Lastnost", "Značilnost"],
      rule: ["Rule"],
      background: ["Kontekst", "Osnova", "Ozadje"],
      scenario: ["Primer", "Scenarij"],
      scenarioOutline: ["Struktura scenarija", "Skica", "Koncept", "Oris scenarija", "Osnutek"],
      examples: ["Primeri", "Scenariji"],
      given: ["Dano ", "Podano ", "Zaradi ", "Privzeto "],
      when: ["Ko ", "Ce ", "Če ", "Kadar "],
      then: ["Nato ", "Potem ", "Takrat "],
      and: ["In ", "Ter "],
      but: ["Toda ", "Ampak ", "Vendar "]
    )
  }

  static var languageSrCyrl: Dialect {
    Dialect(
      language: "sr-Cyrl", name: "Serbian", nativeName: "Српски",
      feature: ["Функционалност", "Могућност", "Особина"],
      rule: ["Правило"],
      background: ["Контекст", "Основа", "Позадина"],
      scenario: ["Сценарио", "Пример"],
      scenarioOutline: ["Структура сценарија", "Скица", "Концепт"],
      examples: ["Примери", "Сценарији"],
      given: ["* ", "За дато ", "За дате ", "За дати "],
      when: ["* ", "Када ", "Кад "],
      then: ["* ", "Онда "],
      and: ["* ", "И "],
      but: ["* ", "Али "]
    )
  }

  static var languageSrLatn: Dialect {
    Dialect(
      language: "sr-Latn", name: "Serbian (Latin)", nativeName: "Srpski (Latinica)",
      feature: ["Funkcionalnost", "Mogućnost", "Mogucnost", "Osobina"],
      rule: ["Pravilo"],
      background: ["Kontekst", "Osnova", "Pozadina"],
      scenario: ["Scenario", "Primer"],
      scenarioOutline: ["Struktura scenarija", "Skica", "Koncept"],
      examples: ["Primeri", "Scenariji"],
      given: ["* ", "Za dato ", "Za date ", "Za dati "],
      when: ["* ", "Kada ", "Kad "],
      then: ["* ", "Onda "],
      and: ["* ", "I "],
      but: ["* ", "Ali "]
    )
  }

  static var languageSv: Dialect {
    Dialect(
      language: "sv", name: "Swedish", nativeName: "Svenska",
      feature: ["Egenskap"],
      rule: ["Regel"],
      background: ["Bakgrund"],
      scenario: ["Scenario"],
      scenarioOutline: ["Abstrakt Scenario", "Scenariomall"],
      examples: ["Exempel"],
      given: ["* ", "Givet "],
      when: ["* ", "När "],
      then: ["* ", "Så "],
      and: ["* ", "Och "],
      but: ["* ", "Men "]
    )
  }

  static var languageTa: Dialect {
    Dialect(
      language: "ta", name: "Tamil", nativeName: "தமிழ்",
      feature: ["அம்சம்", "வணிக தேவை", "திறன்"],
      rule: ["Rule"],
      background: ["பின்னணி"],
      scenario: ["உதாரணமாக", "காட்சி"],
      scenarioOutline: ["காட்சி சுருக்கம்", "காட்சி வார்ப்புரு"],
      examples: ["எடுத்துக்காட்டுகள்", "காட்சிகள்", "நிலைமைகளில்"],
      given: ["* ", "கொடுக்கப்பட்ட "],
      when: ["* ", "எப்போது "],
      then: ["* ", "அப்பொழுது "],
      and: ["* ", "மேலும் ", "மற்றும் "],
      but: ["* ", "ஆனால் "]
    )
  }

  static var languageTe: Dialect {
    Dialect(
      language: "te", name: "Telugu", nativeName: "తెలుగు",
      feature: ["గుణము"],
      rule: ["Rule"],
      background: ["నేపథ్యం"],
      scenario: ["ఉదాహరణ", "సన్నివేశం"],
      scenarioOutline: ["కథనం"],
      examples: ["ఉదాహరణలు"],
      given: ["* ", "చెప్పబడినది "],
      when: ["* ", "ఈ పరిస్థితిలో "],
      then: ["* ", "అప్పుడు "],
      and: ["* ", "మరియు "],
      but: ["* ", "కాని "]
    )
  }

  static var languageTh: Dialect {
    Dialect(
      language: "th", name: "Thai", nativeName: "ไทย",
      feature: ["โครงหลัก", "ความต้องการทางธุรกิจ", "ความสามารถ"],
      rule: ["Rule"],
      background: ["แนวคิด"],
      scenario: ["เหตุการณ์"],
      scenarioOutline: ["สรุปเหตุการณ์", "โครงสร้างของเหตุการณ์"],
      examples: ["ชุดของตัวอย่าง", "ชุดของเหตุการณ์"],
      given: ["* ", "กำหนดให้ "],
      when: ["* ", "เมื่อ "],
      then: ["* ", "ดังนั้น "],
      and: ["* ", "และ "],
      but: ["* ", "แต่ "]
    )
  }

  static var languageTlh: Dialect {
    Dialect(
      language: "tlh", name: "Klingon", nativeName: "tlhIngan",
      feature: ["Qap", "Qu'meH 'ut", "perbogh", "poQbogh malja'", "laH"],
      rule: ["Rule"],
      background: ["mo'"],
      scenario: ["lut"],
      scenarioOutline: ["lut chovnatlh"],
      examples: ["ghantoH", "lutmey"],
      given: ["* ", "ghu' noblu' ", "DaH ghu' bejlu' "],
      when: ["* ", "qaSDI' "],
      then: ["* ", "vaj "],
      and: ["* ", "'ej ", "latlh "],
      but: ["* ", "'ach ", "'a "]
    )
  }

  static var languageTr: Dialect {
    Dialect(
      language: "tr", name: "Turkish", nativeName: "Türkçe",
      feature: [
        "Özellik", "İş Gereksinimi", "Gereksinim", "İşlev", "Kullanıcı Hikayesi", "Yetenek",
        "Teknik Gereksinim",
      ],
      rule: ["Kural", "İş Kuralı", "Kaide", "Hüküm", "Madde"],
      background: [
        "Geçmiş", "Arka Plan", "Ön Koşul", "Önkoşul", "Önceki Durum", "Giriş", "Mukaddime",
        "Mevcut Durum",
      ],
      scenario: ["Örnek", "Senaryo", "Durum", "Vaka"],
      scenarioOutline: ["Senaryo taslağı", "Senaryo şablonu"],
      examples: ["Örnekler", "Değerler"],
      given: [
        "* ", "Mevcut ", "Önceden ", "Geçmişte ", "Daha önce ", "Halihazırda ", "Zaten ", "Sistemde ",
        "Diyelim ki ", "Varsayalım ki ", "Farz edelim ki ", "Kabul edelim ki ", "Başlangıçta ",
        "Varsayılan olarak ", "Biliniyor ki ",
      ],
      when: ["* ", "Eğer ", "Eğer ki ", "Ne zaman ", "Ne zaman ki ", "Şayet "],
      then: [
        "* ", "Beklenen ", "O zaman ", "Sonuç olarak ", "Böylece ", "Bunun üzerine ", "Bu durumda ",
        "O takdirde ", "Şu halde ", "Netice itibariyle ", "Buna binaen ",
      ],
      and: ["* ", "Ve ", "Hem de ", "Bir de ", "Ayrıca ", "İlaveten ", "Buna ek olarak "],
      but: [
        "* ", "Fakat ", "Ama ", "Ancak ", "Yalnız ", "Lakin ", "Meğer ki ", "Buna mukabil ",
        "Aksi halde ",
      ]
    )
  }

  static var languageTt: Dialect {
    Dialect(
      language: "tt", name: "Tatar", nativeName: "Татарча",
      feature: ["Мөмкинлек", "Үзенчәлеклелек"],
      rule: ["Rule"],
      background: ["Кереш"],
      scenario: ["Сценарий"],
      scenarioOutline: ["Сценарийның төзелеше"],
      examples: ["Үрнәкләр", "Мисаллар"],
      given: ["* ", "Әйтик "],
      when: ["* ", "Әгәр "],
      then: ["* ", "Нәтиҗәдә "],
      and: ["* ", "Һәм ", "Вә "],
      but: ["* ", "Ләкин ", "Әмма "]
    )
  }

  static var languageUk: Dialect {
    Dialect(
      language: "uk", name: "Ukrainian", nativeName: "Українська",
      feature: ["Функціонал"],
      rule: ["Rule"],
      background: ["Передумова"],
      scenario: ["Приклад", "Сценарій"],
      scenarioOutline: ["Структура сценарію"],
      examples: ["Приклади"],
      given: ["* ", "Припустимо ", "Припустимо, що ", "Нехай ", "Дано "],
      when: ["* ", "Якщо ", "Коли "],
      then: ["* ", "То ", "Тоді "],
      and: ["* ", "І ", "А також ", "Та "],
      but: ["* ", "Але "]
    )
  }

  static var languageUr: Dialect {
    Dialect(
      language: "ur", name: "Urdu", nativeName: "اردو",
      feature: ["صلاحیت", "کاروبار کی ضرورت", "خصوصیت"],
      rule: ["Rule"],
      background: ["پس منظر"],
      scenario: ["منظرنامہ"],
      scenarioOutline: ["منظر نامے کا خاکہ"],
      examples: ["مثالیں"],
      given: ["* ", "اگر ", "بالفرض ", "فرض کیا "],
      when: ["* ", "جب "],
      then: ["* ", "پھر ", "تب "],
      and: ["* ", "اور "],
      but: ["* ", "لیکن "]
    )
  }

  static var languageUz: Dialect {
    Dialect(
      language: "uz", name: "Uzbek", nativeName: "Узбекча",
      feature: ["Функционал"],
      rule: ["Rule"],
      background: ["Тарих"],
      scenario: ["Сценарий"],
      scenarioOutline: ["Сценарий структураси"],
      examples: ["Мисоллар"],
      given: ["* ", "Belgilangan "],
      when: ["* ", "Агар "],
      then: ["* ", "Унда "],
      and: ["* ", "Ва "],
      but: ["* ", "Лекин ", "Бирок ", "Аммо "]
    )
  }

  static var languageVi: Dialect {
    Dialect(
      language: "vi", name: "Vietnamese", nativeName: "Tiếng Việt",
      feature: ["Tính năng"],
      rule: ["Quy tắc"],
      background: ["Bối cảnh"],
      scenario: ["Tình huống", "Kịch bản"],
      scenarioOutline: ["Khung tình huống", "Khung kịch bản"],
      examples: ["Dữ liệu"],
      given: ["* ", "Biết ", "Cho "],
      when: ["* ", "Khi "],
      then: ["* ", "Thì "],
      and: ["* ", "Và "],
      but: ["* ", "Nhưng "]
    )
  }

  static var languageZhCN: Dialect {
    Dialect(
      language: "zh-CN", name: "Chinese simplified", nativeName: "简体中文",
      feature: ["功能"],
      rule: ["Rule", "规则"],
      background: ["背景"],
      scenario: ["场景", "剧本"],
      scenarioOutline: ["场景大纲", "剧本大纲"],
      examples: ["例子"],
      given: ["* ", "假如", "假设", "假定"],
      when: ["* ", "当"],
      then: ["* ", "那么"],
      and: ["* ", "而且", "并且", "同时"],
      but: ["* ", "但是"]
    )
  }

  static var languageZhTW: Dialect {
    Dialect(
      language: "zh-TW", name: "Chinese traditional", nativeName: "繁體中文",
      feature: ["功能"],
      rule: ["Rule"],
      background: ["背景"],
      scenario: ["場景", "劇本"],
      scenarioOutline: ["場景大綱", "劇本大綱"],
      examples: ["例子"],
      given: ["* ", "假如", "假設", "假定"],
      when: ["* ", "當"],
      then: ["* ", "那麼"],
      and: ["* ", "而且", "並且", "同時"],
      but: ["* ", "但是"]
    )
  }
}
