// What the dialog that writes a frame says, in German.

export const embed = {
  theme: 'Farben',
  themes: { '': 'wie im System des Lesers', light: 'hell', dark: 'dunkel', contrast: 'hoher Kontrast' },
  language: 'Sprache',
  autoplay: 'Beginn',
  begins: { '': 'sobald er zu sehen ist', slide: 'mit seiner Folie eines Vortrags', off: 'wenn jemand ihn startet' },
  hide: 'Verborgen',
  show: 'Außerdem gezeigt',
  lock: 'Fest',
  parts: { word: 'das Wort', number: 'die Zahl', controls: 'die Regler', plots: 'die Diagramme', presets: 'die Zustände des Artikels' },
  locks: { play: 'Start', m: 'm₊', beta: 'β', reset: 'Reset', seed: 'der Seed', speed: 'das Tempo', presets: 'die Zustände des Artikels', run: 'Start', cancel: 'Abbrechen', anew: 'Neu beginnen', refine: 'Verfeinern' },
  preview: 'Der Rahmen, wie er sein wird',
};
