// What is said of things that are dropped onto the page, in German.

export const dropped = {
  nothing: 'Was hier abgelegt wurde, öffnet sich nicht: Es öffnen sich ein Ergebnis von Uphill als JSON-Datei, ein gesicherter Lauf und ein Link dieser Seite.',
  inFrame: 'In diesem Rahmen öffnen sich keine Ergebnisse, auf der ganzen Seite schon.',
  large: 'diese Datei ist zu groß für einen gesicherten Lauf',
  /** @param {string} name @param {string} why */
  notOpened: (name, why) => `${name}: ${why}`,
  /** @param {string} name @param {number} count */
  alone: (name, count) => `Nur ${name} wurde geöffnet: Von ${count === 1 ? 'der anderen Datei' : `den anderen ${count} Dateien`} wurde nichts übernommen.`,
  /** @param {string} name */
  opened: (name) => `Aus ${name} geöffnet; Start setzt den Lauf fort.`,
  /** @param {string} why */
  notLoaded: (why) => `Die Datei wurde nicht geöffnet (${why}). Falls die Verbindung weg war: noch einmal ablegen, wenn sie wieder da ist.`,
};
