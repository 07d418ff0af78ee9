// What the view of the figures says, in German.

/** @type {Record<string, string>} */
export const kinds = { current: 'Abbildung 2', states: 'Abbildung 3', equilibrium: 'Abbildung 4', relation: 'Die Beziehung', match: 'Die passende Magnetisierung', sizes: 'Die Größen', map: 'Die Karte', regimes: 'Regimes unter 0.92', exact: 'Das 4 × 4-Gitter' };

export const mainButton = {
  ready: 'Start', running: 'Pause', pausing: 'Hält an', paused: 'Weiter', complete: 'Fertig', stopped: 'Weiter', cancelled: 'Weiter', foreign: 'Start', elsewhere: 'Läuft in anderem Tab', left: 'Hier weiter',
};

const workers = (/** @type {number} */ count) => (count === 1 ? 'einem Worker' : `${count} Workern`);

export const state = {
  /** @param {number} count of workers */
  running: (count) => `Läuft auf ${workers(count)}.`,
  pausing: 'Die Worker beenden, woran sie sind.',
  paused: 'Angehalten.',
  complete: 'Fertig.',
  stopped: 'Stehen geblieben.',
  cancelled: 'Abgebrochen. Was gefunden wurde, bleibt zu sehen, bis etwas anderes geöffnet wird; gespeichert ist es nicht mehr.',
  elsewhere: 'Dieser Scan läuft in einem anderen Tab dieses Browsers; hier ist er so zu sehen, wie jener ihn sichert, und kann weitergehen, wenn jener ihn angehalten oder geschlossen hat.',
  left: 'Der Tab, in dem dieser Scan lief, hat ihn angehalten oder geschlossen.',
  withoutLocks: 'Dieser Browser lässt Tabs nicht voneinander wissen: Dieser Scan sollte nur in einem Tab offen sein, sonst überschreiben sie, was der andere gesichert hat.',
  /** @param {string} engine its version */
  foreign: (engine) => `Von Engine ${engine} gefunden; diese Seite hat eine andere, deshalb lassen sich diese Ergebnisse ansehen und sichern, aber nicht fortsetzen.`,
  /** @param {string} share such as "2/3" */
  part: (share) => `Dies ist der Teil ${share} eines Scans: Was die anderen Teile gefunden haben, fehlt. Im Terminal macht uphill merge aus allen ein Ergebnis.`,
  missing: 'Start berechnet hier, was fehlt.',
  /** @param {string} clock */
  saved: (clock) => `Gesichert um ${clock}.`,
  notSaved: 'Nicht gesichert: siehe oben.',
};

export const progress = {
  /** @param {number} done @param {number} tasks */
  tasks: (done, tasks) => `${done} von ${tasks} Aufgaben fertig`,
  /** @param {string} number */
  days: (number) => `${number} Tage`,
  /** @param {string} duration */
  left: (duration) => `noch etwa ${duration}`,
  /** @param {string} events */
  moves: (events) => `${events} Bewegungen`,
  more: 'danach kommen vielleicht Punkte hinzu',
  /** @param {string} rate */
  speed: (rate) => `${rate} je Sekunde`,
  /** @param {number} ended @param {number} points */
  points: (ended, points) => `Fortschritt jedes Punktes: ${ended} von ${points} fertig; die Tabelle führt sie auf`,
};

export const plan = {
  /** @param {number} points @param {number} tasks @param {string} until @param {string} cap */
  whole: (points, tasks, until, cap) => `${points} Punkte, ${tasks} Aufgaben: jeder Punkt, bis ${until}, oder t = ${cap} je Replikat. Wie lange das dauert, zeigt sich im Lauf.`,
  /** @param {number} points @param {number} tasks @param {string} moves @param {boolean} splits */
  ofMap: (points, tasks, moves, splits) => `${points} Zellen, ${tasks} Aufgaben: jede, bis das Vorzeichen von J bekannt ist, oder ${moves} Bewegungen.${splits ? ' Dann werden Zellen geteilt, wo das Vorzeichen wechselt.' : ''}`,
  /** @param {string} error */
  errorOfJ: (error) => `σ von J ${error} ist`,
  /** @param {string} error */
  errorOfM: (error) => `σ von m_eq ${error} ist`,
  /** @param {string} error */
  more: (error) => `Dann kommen Punkte hinzu, wo J das Vorzeichen wechselt, bis m_crit auf ${error} bekannt ist.`,
  /** @param {string} errors */
  refine: (errors) => `Verfeinern auf ${errors}`,
  /** @param {string} error */
  finerJ: (error) => `σ von J ${error}`,
  /** @param {string} error */
  finerM: (error) => `σ von m_eq ${error}`,
  /** @param {string} error */
  finerMatch: (error) => `σ von m* ${error}`,
  /** @param {string} moves */
  moreMoves: (moves) => `${moves} Bewegungen`,
  /** @param {string} error */
  finerC: (error) => `m_crit auf ${error}`,
};

export const scans = {
  /** @param {string} name @param {string} share @param {string} link @param {boolean} saved */
  paused: (name, share, link, saved) => `${name} wurde bei ${share} angehalten${saved ? ' und ist gesichert' : ''}. Der Link führt dahin zurück: ?${link}`,
  /** @param {string} name @param {string} share @param {string} clock @param {string} link */
  offered: (name, share, clock, link) => `${name} war nicht fertig: ${share} erledigt, gesichert um ${clock}. ?${link}`,
  openElsewhere: 'Dieser Scan ist auch in einem anderen Tab offen: Was von ihm gespeichert ist, bleibt. Erst dort schließen.',
  /** @param {string} clock @param {string} engine */
  foreign: (clock, engine) => `Engine ${engine} hat Ergebnisse dieses Links gefunden, gespeichert um ${clock}. Die Trajektorien der Engine dieser Seite sind andere, deshalb beginnt der Scan hier neu; jene Ergebnisse bleiben zum Lesen und Sichern.`,
  openForeign: 'Öffnen',
  /** @param {string} name @param {string} share */
  status: (name, share) => `${name}: ${share}`,
  /** @param {number} aside @param {number} tasks */
  stopped: (aside, tasks) => `${aside} von ${tasks} Aufgaben ließen sich nicht berechnen; der Rest ist fertig. Weiter versucht sie noch einmal.`,
  /** @param {number} number from 1 @param {string} point */
  replica: (number, point) => `Replikat ${number} von ${point}`,
  /** @param {string} why @param {string} task */
  workerDied: (why, task) => `Ein Worker ist ausgefallen (${why}) und wurde ersetzt; ${task} geht vom letzten Sicherungspunkt aus weiter.`,
  /** @param {string} task @param {number} times @param {string} why */
  aside: (task, times, why) => `Der Scan geht ohne ${task} weiter, was ${times}-mal scheiterte: ${why}`,
};

export const storage = {
  /** @param {string} why */
  none: (why) => `Dieser Browser gibt der Seite keinen Speicher (${why}). Scans laufen, lassen sich aber nach dem Schließen oder Neuladen der Seite nicht fortsetzen.`,
  full: 'Der Speicher des Browsers ist voll',
  /** @param {string} why */
  failed: (why) => `Der Speicher des Browsers hat versagt (${why})`,
  /** @param {string} why @param {string} still */
  notSaved: (why, still) => `${why}. Der Scan läuft weiter, wird aber nicht mehr gesichert. ${still}`,
  /** @param {string} clock */
  still: (clock) => `Wird die Seite geschlossen, kann dieser Scan von da aus weitergehen, wo er um ${clock} war.`,
  nothing: 'Dieser Scan lässt sich nach dem Schließen oder Neuladen der Seite nicht fortsetzen.',
  /** @param {string[]} links */
  madeRoom: (links) => `Um Platz zu schaffen, ${links.length === 1 ? 'wurde der älteste gespeicherte Scan' : `wurden die ${links.length} ältesten gespeicherten Scans`} gelöscht: ${links.join(' ')}`,
  givenUp: 'der Browser hat das Schreiben aufgegeben',
  notOpened: 'der Browser öffnet seinen Speicher nicht',
};

export const stored = {
  title: 'Gespeicherte Scans…',
  what: 'von jeder Version der Engine: zum Öffnen oder Löschen',
  none: 'Kein Scan ist gespeichert.',
  open: 'Öffnen',
  erase: 'Löschen',
  /** @param {string} name @param {string} share @param {string} date @param {string} engine @param {string} link */
  line: (name, share, date, engine, link) => `${name}, ${share}, gesichert ${date} von Engine ${engine}: ?${link}`,
  other: 'Diese Seite hat eine andere Engine: Was gefunden wurde, lässt sich lesen und sichern, aber nicht fortsetzen.',
  /** @param {string} link */
  erased: (link) => `Gelöscht: ?${link}`,
};

export const trouble = {
  noWorkers: 'Dieser Browser hat keine Web Worker, die Scans brauchen; das Labor läuft ohne sie.',
  stopped: 'sein Skript wurde nicht geladen oder ist stehen geblieben',
  unreadable: 'seine Nachricht war nicht zu lesen',
  nonsense: 'er sagte, was kein Worker sagt',
  /** @param {number} seconds */
  silent: (seconds) => `er hat ${seconds} s lang nichts gesagt`,
  /** @param {string} why */
  stillborn: (why) => `Die Worker, die einen Scan berechnen, starten nicht: ${why}.`,
};

export const files = {
  noPng: 'Dieser Browser macht kein PNG von einem Bild dieser Größe; das SVG ist dasselbe Bild.',
  /** @param {string} name @param {number} bytes @param {number} largest */
  large: (name, bytes, largest) => `${name} hat ${bytes} Byte: erlaubt ist ein Ergebnis von höchstens ${largest}.`,
  /** @param {string} name @param {number} others */
  several: (name, others) => `Nur ${name} wurde geöffnet, nicht ${others === 1 ? 'die andere Datei' : `die ${others} anderen Dateien`}: Die Seite zeigt immer nur ein Ergebnis. Die Teile eines Scans setzt uphill merge zusammen.`,
  unreadable: 'ist nicht zu lesen; Ordner sind es nie, auch nicht, was nicht mehr da ist, wo es war',
  /** @param {string} name @param {string} why */
  wrong: (name, why) => `${name}: ${why}. Nichts wurde geändert.`,
};

export const pictures = {
  unread: 'noch nichts abgelesen',
  show: 'Zeige',
  toLab: 'Im Labor öffnen',
  chooseCell: 'Ein Klick öffnet eine Zelle im Labor; Pfeile und Enter wählen eine.',
  choose: 'Einen Punkt des Bildes wählen, mit einem Klick oder mit Pfeilen und Enter.',
  /** @param {string} title */
  probe: (title) => `Punkte von: ${title}. Pfeile gehen sie durch, Enter wählt einen`,
  /** @param {string} title */
  file: (title) => `${title}, als Datei`,
  /** @param {number} count at least 1 */
  drawn: (count) => `${count} ${count === 1 ? 'Punkt' : 'Punkte'} gezeichnet`,
  /** @param {number} total */
  noneDrawn: (total) => `noch keiner von ${total} Punkten gezeichnet`,
  /** @param {string} title @param {string} count */
  count: (title, count) => `${title}: ${count}; die Tabelle führt sie auf`,
  /** @param {string} point */
  lowest: (point) => `Am tiefsten: ${point}`,
  /** @param {string} point */
  highest: (point) => `Am höchsten: ${point}`,
};

export const table = {
  done: 'erledigt',
  run: 'Lauf',
  lab: 'Labor',
  /** @param {string} point */
  open: (point) => `${point} im Labor öffnen`,
};

export const noFindings = { subject: 'Noch nichts', text: 'Befunde erscheinen, sobald sich genug sagen lässt.' };
