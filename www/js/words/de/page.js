// What the page and its lab say, in German.

export const loading = {
  engine: 'Die Engine ist nicht gestartet',
  part: 'Ein Teil der Seite ließ sich nicht laden oder nicht starten. Falls die Verbindung weg war: neu starten, wenn sie wieder da ist.',
  engineNotFetched: 'Die Engine ließ sich nicht laden. Falls die Verbindung weg war: neu starten, wenn sie wieder da ist.',
  /** @param {number} status */
  engineRefused: (status) => `Die Engine ließ sich nicht laden: Der Server antwortete mit ${status}.`,
  noWebAssembly: 'Dieser Browser hat kein WebAssembly, das die Engine braucht. Jeder Browser der letzten drei Jahre hat es; ein Blockierungsmodus kann es abgeschaltet haben.',
  partLater: 'Ein Teil der Seite ließ sich nicht laden. Falls die Verbindung weg war: noch einmal versuchen, wenn sie wieder da ist.',
  seen: 'Ein Teil der Seite ließ sich nicht laden: Der Lauf geht weiter, ob ihn jemand sieht oder nicht.',
  messages: 'Ein Teil der Seite ließ sich nicht laden: Sie hört keine Nachrichten der Seite um sie herum.',
  figures: 'Die Abbildungen sind nicht gestartet',
  language: 'Die Texte der Sprache im Link ließen sich nicht laden. Falls die Verbindung weg war: die Seite neu laden, wenn sie wieder da ist.',
  /** @param {string} why */
  figuresLater: (why) => `Die Abbildungen ließen sich nicht laden (${why}). Falls die Verbindung weg war: noch einmal versuchen, wenn sie wieder da ist.`,
  /** @param {string} why */
  tourLater: (why) => `Die Tour ließ sich nicht laden (${why}). Falls die Verbindung weg war: noch einmal versuchen, wenn sie wieder da ist.`,
  /** @param {string} why */
  notLookedUp: (why) => `Das ließ sich nicht nachsehen: ${why}.`,
};

export const failure = {
  title: 'Der Lauf ist stehen geblieben',
  engine: 'Die Engine ist auf einen Zustand gestoßen, den es nicht geben sollte, und ist stehen geblieben. Der Link in der Adresszeile bezeichnet diesen Lauf noch; ein Neustart beginnt ihn von vorn.',
  page: 'Ein Teil der Seite ist stehen geblieben. Der Link in der Adresszeile bezeichnet diesen Lauf noch; ein Neustart beginnt ihn von vorn.',
};

export const link = {
  /** @param {string} message */
  default: (message) => `Im Link, ${message}. Der Standardwert gilt.`,
  /** @param {string} part */
  compare: (part) => `Im Link, compare=${part}: erlaubt ist eine Zahl von −1 bis 1, balanced, oder beide mit einem Komma dazwischen. Kein zweiter Lauf wird geöffnet.`,
  tourOfFigure: 'Im Link, tour: Die Tour gehört zum Labor, und dies ist der Link einer Abbildung. Kein Schritt der Tour wird geöffnet.',
  embedTwice: 'Im Link, embed: steht mehr als einmal da, erlaubt ist einmal. Das erste gilt.',
  /** @param {string} part */
  embed: (part) => `Im Link, embed=${part}: erlaubt sind lab, plot und figure. Die ganze Seite wird gezeigt.`,
  /** @param {string} part */
  embedOfFigure: (part) => `Im Link, embed=${part}: gehört zu einem Lauf, und dies ist der Link einer Abbildung. Die Abbildung wird gezeigt.`,
  /** @param {string} part @param {string[]} allowed */
  language: (part, allowed) => `Im Link, lang=${part}: erlaubt sind ${allowed.join(', ')}. Die Seite spricht Englisch.`,
  /** @param {string} part */
  languageOfFile: (part) => `Im Link, lang=${part}: Diese Datei spricht nur Englisch; die Seite, von der sie stammt, hat mehr Sprachen.`,
  /** @param {string} part */
  theme: (part) => `Im Link, theme=${part}: erlaubt sind light, dark, contrast und auto. Die Farben bleiben, wie sie sind.`,
  /** @param {string} part */
  autoplay: (part) => `Im Link, autoplay=${part}: erlaubt sind on, slide und off. Der Lauf beginnt, wenn er zu sehen ist.`,
  /** @param {string} key @param {string} part @param {string[]} allowed */
  part: (key, part, allowed) => `Im Link, ${key}=${part}: erlaubt sind ${allowed.join(', ')}. Es wird übergangen.`,
  /** @param {string} part */
  host: (part) => `Im Link, host=${part}: erlaubt ist ein Ursprung wie https://example.org. Keine Nachrichten werden gehört.`,
};

export const buttons = {
  dismiss: 'Schließen',
  /** @param {number} count of notices */
  unfold: (count) => (count === 1 ? 'Alles zeigen' : `Alle ${count} zeigen`),
  fold: 'Weniger zeigen',
  reload: 'Neu laden',
  reveal: 'Auflösen',
  copied: 'Kopiert',
};

export const titles = {
  lab: 'Uphill: der Strom, der bergauf fließt',
  figures: 'Uphill: Abbildungen',
  frame: 'Uphill: ein zweidimensionales Ising-Modell mit einem Strom bergauf',
};

export const sharing = {
  /** @param {string} text */
  notCopied: (text) => `Dieser Browser lässt die Seite nicht kopieren. Hier steht es: ${text}`,
  /** @param {string} why */
  notSaved: (why) => `Die Seite ließ sich nicht sichern (${why}). Falls die Verbindung weg war: noch einmal versuchen, wenn sie wieder da ist.`,
  /** @param {string} name */
  without: (name) => `diese Datei hat kein ${name}`,
  /** @param {number} status */
  refused: (status) => `der Server antwortete mit ${status}`,
  noPlace: 'die Datei hat keinen Platz für einen Link',
};

export const messages = {
  /** @param {number} longest */
  link: (longest) => `link: erlaubt ist ein Text von höchstens ${longest} Zeichen`,
  notYet: 'Noch ist nichts zu sehen; das Ereignis "ready" sagt, wann.',
  noRun: 'time: Dieser Rahmen zeigt eine Abbildung, die keine Zeit hat',
  /** @param {string} time @param {number} now */
  until: (time, now) => `time=${time}: erlaubt ist eine Zahl über der jetzigen Zeit t = ${now}`,
  /** @param {number} now */
  notReached: (now) => `Der Lauf wurde bei t = ${now}, vor dieser Zeit, angehalten oder geändert.`,
  /** @param {string} format */
  format: (format) => `format=${format}: erlaubt sind png und svg`,
  noPicture: 'Dieser Browser macht kein Bild.',
  noFigure: 'exp: fehlt; dieser Rahmen zeigt eine Abbildung',
};

export const taking = {
  save: 'Sichern',
  of: { lattice: 'das Gitter', 'integrated-current': 'der integrierte Strom', profile: 'das Profil', 'running-mean': 'das laufende Mittel' },
  kinds: { png: 'PNG', svg: 'SVG', csv: 'CSV', comma: 'CSV, 0,5', text: 'Text' },
  /** @param {string} link */
  altered: (link) => `${link} (im Lauf geändert: aus diesem Link nicht zu wiederholen)`,
  /** @param {string} why */
  notSaved: (why) => `Die Datei ließ sich nicht machen (${why}).`,
};

export const offline = {
  newVersion: 'Eine neue Version dieser Seite ist da.',
  overtaken: 'Eine neue Version dieser Seite wurde in einem anderen Tab geöffnet. Dieser Tab läuft weiter; was er noch nicht geladen hat, braucht ein Neuladen.',
  kept: 'Eine Kopie ist gespeichert: Die Seite öffnet sich auch ohne Verbindung.',
  coming: 'Eine Kopie für Zeiten ohne Verbindung ist unterwegs.',
  /** @param {string} why */
  failed: (why) => `Keine Kopie für Zeiten ohne Verbindung ist gespeichert (${why}).`,
  none: 'Dieser Browser speichert keine Kopie für Zeiten ohne Verbindung.',
};

export const altered = {
  restored: 'Das ist der Lauf, wie er vor dem Neuladen der Seite war: bemalt oder geändert, so dass kein Link ihn enthält. Reset beginnt den Lauf des Links.',
  notOpened: 'sein Speicher öffnet sich nicht',
  /** @param {string} why */
  notKept: (why) => `Ein bemalter oder geänderter Lauf geht verloren, wenn diese Seite neu geladen wird: Dieser Browser behält keinen (${why}).`,
  /** @param {string} why */
  notRestored: (why) => `Der Lauf von vorher ließ sich nicht wieder aufnehmen: ${why}.`,
};

export const kept = {
  colours: 'die gewählten Farben, hell oder dunkel',
  letters: 'dass Buchstaben keine Kurztasten sind',
  scans: 'Scans der Abbildungen, damit sie nach einem Neuladen weitergehen: Links, Ergebnisse, Sicherungspunkte. Die Abbildungen führen sie unter „Gespeicherte Scans“ auf',
  runs: 'bemalte und geänderte Läufe, damit sie ein Neuladen ihres Tabs überstehen; was ein geschlossener Tab hinterlässt, höchstens eine Woche',
  tab: 'welcher davon zu diesem Tab gehört',
  copy: 'eine Kopie dieser Seite, damit sie sich ohne Verbindung öffnet',
  other: 'von einer anderen Version dieser Seite',
  nothing: 'Nichts ist gespeichert.',
  erased: 'Gelöscht. Ein laufender Scan wird neu gesichert.',
  /** @param {string} place @param {string} why */
  noPlace: (place, why) => `Dieser Browser gibt der Seite kein ${place} (${why}): Dort ist nichts gespeichert.`,
  /** @param {string} name @param {string} why */
  notErased: (name, why) => `${name} ließ sich nicht löschen (${why}).`,
  /** @param {number} count */
  openElsewhere: (count) => `${count === 1 ? 'ein Scan ist' : `${count} Scans sind`} in einem anderen Tab offen: erst dort schließen`,
  /** @param {number} count @param {[string, number][]} engines how many scans of each version */
  entries: (count, engines) => [count === 1 ? 'ein Eintrag' : `${count} Einträge`, ...engines.map(([engine, scans]) => `${scans} ${scans === 1 ? 'Scan' : 'Scans'} der Engine ${engine}`)].join(', '),
  /** @param {number} count */
  files: (count) => `${count} Dateien`,
  /** @param {number} count */
  bytes: (count) => `${count} Byte`,
};

export const lab = {
  hidden: 'Angehalten, solange die Seite verdeckt war.',
  unseen: 'Angehalten, solange niemand ihn sah.',
  wasUnseen: 'War angehalten, solange niemand ihn sah.',
  waits: {
    still: 'Dieses System wünscht wenig Bewegung, deshalb wartet der Lauf auf den Start; das Gitter wird dann zweimal in der Sekunde gezeichnet.',
    asked: 'Der Lauf wartet auf den Start.',
  },
  figures: 'Angehalten, solange die Abbildungen zu sehen waren.',
  refused: 'Jede versuchte Bewegung wurde abgelehnt; noch einmal drücken versucht weitere.',
  /** @param {string} time */
  asAsked: (time) => `Wie verlangt bei t = ${time} angehalten.`,
  canvasLost: 'Der Browser hat das Bild des Gitters weggenommen; der Lauf geht weiter, und das Bild kommt wieder, wenn der Browser es zurückgibt.',
  noCanvas: 'Dieser Browser gibt der Seite keine Zeichenfläche: kein Bild, aber alle Zahlen.',
  noPlot: 'Dieser Browser gibt der Seite keine Zeichenfläche: Die Zahlen stehen in der Tabelle.',
  scaled: 'weniger als ein Pixel je Platz: verkleinert',
  /** @param {string} text @param {number} now */
  until: (text, now) => `until=${text}: erlaubt ist eine Zeit nach der jetzigen, t = ${now}`,
  /** @param {number} time */
  digestAt: (time) => `bei t = ${time}`,
  digestPlaying: 'zum Lesen anhalten',
  noCommand: 'keiner führt hierher: Der Lauf wurde im Gang geändert',
};

export const result = {
  ways: { uphill: 'bergauf', downhill: 'bergab' },
  equilibrium: 'Gleichgewicht',
  noGradient: 'kein Gradient',
  ended: 'beendet',
  notYet: 'noch nicht signifikant',
  /** @param {string} time of the clock @param {string} span of the run */
  significant: (time, span) => `Signifikant nach ${time} Laufzeit, t = ${span}.`,
  /** @param {string} span */
  wasSignificant: (span) => `Signifikant schon beim Öffnen, t = ${span}.`,
  /** @param {string} span */
  measured: (span) => `Gemessen über t = ${span}.`,
  now: ' Jetzt: ',
  /** @param {boolean} out @param {number} share */
  flow: (out, share) => (out ? 'Energie fließt vom Bad zu den Reservoiren.' : `Energie fließt von den Reservoiren ins Gitter; ${share} % davon heben Spins bergauf, der Rest geht als Wärme ins Bad.`),
  flowUnknown: 'Wohin die Energie fließt, ist noch nicht bekannt.',
};

export const compare = {
  second: 'zweiter Lauf',
  control: 'ausgeglichene Reservoire',
};

export const numbers = {
  atAnEnd: 'kein eigener Fehler: weicht von der Zählung um eine beschränkte Zahl von Spins ab',
  /** @param {string} span */
  over: (span) => `gemessen über ${span}`,
  /** @param {string} rate */
  speed: (rate) => `${rate} je Sekunde`,
};

export const controls = {
  play: 'Start',
  pause: 'Pause',
  fastest: 'max',
  /** @param {string} rate */
  speed: (rate) => `${rate} Bew./s`,
};

export const shortcuts = {
  keys: { space: 'Leertaste', home: 'Pos1', end: 'Ende', escape: 'Esc' },
  lab: 'Das Labor',
  play: 'Start, Pause',
  oneEvent: 'ein Ereignis',
  reset: 'Reset',
  newSeed: 'neuer Seed',
  measureAfresh: 'neu messen',
  compare: 'zwei Läufe vergleichen',
  spins: 'Spins zeichnen',
  gas: 'Gittergas zeichnen',
  figures: 'Die Abbildungen',
  scan: 'Scan starten, anhalten, fortsetzen',
  anywhere: 'Überall',
  toLab: 'das Labor',
  toFigures: 'die Abbildungen',
  toTour: 'die Tour',
  brush: 'der Pinsel: Spins malen',
  copyLink: 'den Link kopieren',
  qr: 'der Link als QR-Code, so groß wie das Fenster',
  present: 'die Ansicht für Vorträge, und zurück',
  list: 'diese Liste',
  plot: 'In einem Diagramm mit dem Fokus',
  values: 'die Werte ablesen; in einer Abbildung die Punkte, die Enter auswählt',
  ends: 'der erste, der letzte',
  painting: 'Auf dem Gitter, solange der Pinsel da ist',
  move: 'ihn bewegen, mit Umschalt um fünf',
  paint: 'malen',
  spin: 'den Spin wählen',
  down: 'ihn weglegen',
  tour: 'In der Tour',
  steps: 'zurück, weiter; ebenso Bild auf und Bild ab',
};

export const pictures = {
  kept: 'Wohin er fließt, wird noch nicht verraten.',
  /** @param {number} columns @param {number} rows */
  lattice: (columns, rows) => `Gitter aus ${columns} mal ${rows} Spins.`,
  risesRight: 'Die Magnetisierung steigt von links nach rechts.',
  risesLeft: 'Die Magnetisierung steigt von rechts nach links.',
  level: 'Die Magnetisierung ist an beiden Enden gleich.',
  /** @param {string} sign @param {string} current @param {boolean} known whether its error is */
  current: (sign, current, known) => `${sign}, J = ${current}${known ? '' : ', noch ohne Fehler'}.`,
  /** @param {string} first @param {string} last */
  ends: (first, last) => `m(1) = ${first}, m(Lx) = ${last}.`,
  /** @param {string} state */
  spins: (state) => `Spins: ${state}.`,
  /** @param {string} state */
  average: (state) => `Im Zeitmittel: ${state}.`,
  /** @param {string} m @param {number} x */
  peak: (m, x) => `Das Maximum ist ${m}, bei x = ${x}.`,
  /** @param {string} values */
  end: (values) => `Am Ende: ${values}.`,
  first: 'Erster Lauf:',
  second: 'Zweiter Lauf:',
};

export const brush = {
  /** @param {number} column from 1 @param {number} row from 1 @param {string} spin there @param {string} paints */
  place: (column, row, spin, paints) => `Spalte ${column}, Zeile ${row}: ${spin}; der Pinsel malt ${paints}`,
  notYet: 'noch nicht gemalt',
};
