// What each setting of an experiment means, in German: a label and a line of help.

/** @type {Record<string, {label: string, help: string}>} */
export const SETTINGS = {
  ms: { label: 'm₊, rechtes Reservoir', help: 'Werte und Bereiche erster:letzter:Schritt, mit Kommas: 0.998,0.999:1:0.0001. Das linke Reservoir hat −m₊.' },
  Lx: { label: 'Lx, Spalten', help: 'Eine ganze Zahl; der Artikel hat 40.' },
  Ly: { label: 'Ly, Zeilen', help: 'Eine ganze Zahl; der Artikel hat 40. Die Zeilen sind periodisch.' },
  Ls: { label: 'L, Größen', help: 'Werte und Bereiche erster:letzter:Schritt, mit Kommas: 10:40:2. Die Gitter sind L × L.' },
  beta: { label: 'β, inverse Temperatur', help: 'In Einheiten der Kopplung; kritisch bei 0.4407. Der Artikel hat 1.' },
  betas: { label: 'β, inverse Temperaturen', help: 'Werte und Bereiche erster:letzter:Schritt, mit Kommas; kritisch bei 0.4407.' },
  res: { label: 'Reservoire', help: 'Wie im Artikel, das Spins dreht, was immer es kostet; oder ausgeglichen, die Kontrolle, die die Energie kennt und nichts pumpt.' },
  bc: { label: 'Rand', help: 'Jenseits der Randspalten: Wände aus − und +, oder die eigene Spalte, längs y verschoben.' },
  shift: { label: 'Verschiebung', help: 'Um wie viele Zeilen; Ly/4, wenn nichts angegeben ist.' },
  dyn: { label: 'Dynamik', help: 'Kinetisches Monte Carlo führt in jedem Schritt eine Bewegung aus, Metropolis versucht eine. Derselbe stationäre Zustand.' },
  from: { label: 'Anfang', help: 'Jeder Punkt von der Stufe aus; oder von den letzten Spins des Punktes davor, in m₊ aufwärts oder abwärts: Dann zählt die Vorgeschichte.' },
  err: { label: 'Fehler von J', help: 'Eine Standardabweichung, bei der ein Punkt fertig ist.' },
  errc: { label: 'Fehler von m_crit', help: 'Wo J das Vorzeichen wechselt, kommen Punkte hinzu, bis m_crit so genau bekannt ist; leer für keine. Nur von der Stufe aus.' },
  errm: { label: 'Fehler von m_eq oder von m*', help: 'Eine Standardabweichung, bei der ein Punkt ohne Reservoire fertig ist; bei einer Phase allein, bis zu der Punkte hinzukommen.' },
  relax: { label: 'Relaxation', help: 'Zeit, die nicht gemessen wird, am Anfang und nach einem Zustandswechsel; leer für 50·Lx², bei einer Karte für weniger, wo β klein ist.' },
  cap: { label: 'Längste Zeit', help: 'Simulierte Zeit, nach der ein Replikat endet, auch wenn sein Fehler größer ist als verlangt.' },
  moves: { label: 'Bewegungen', help: 'Ab so vielen endet eine Zelle, deren Vorzeichen noch nicht bekannt ist, ohne eines.' },
  split: { label: 'Teilungen', help: 'Wie oft Zellen in vier geteilt werden, wo das Vorzeichen wechselt, von 0 bis 4.' },
  reps: { label: 'Replikate', help: 'Unabhängige Läufe jedes Punktes, mit je eigenen Zufallszahlen.' },
  seed: { label: 'Seed', help: 'Eine ganze Zahl; derselbe Link gibt dieselben Ergebnisse, Bit für Bit.' },
};

/** @type {Record<string, string>} */
export const CHOICES = {
  on: 'wie im Artikel', balanced: 'ausgeglichen', fixed: 'feste Wände', shifted: 'verschoben', kinetic: 'kinetisches Monte Carlo', metropolis: 'Metropolis',
  step: 'von der Stufe aus', up: 'aufwärts, nacheinander', down: 'abwärts, nacheinander',
};
