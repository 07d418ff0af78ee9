// What the dialog that writes a frame says, but for what stands in index.html.

export const embed = {
  theme: 'Colours',
  themes: { '': 'as the reader’s system has them', light: 'light', dark: 'dark', contrast: 'high contrast' },
  language: 'Language',
  autoplay: 'It begins',
  begins: { '': 'when it is seen', slide: 'with its slide in a deck', off: 'when a person plays it' },
  hide: 'Hidden',
  show: 'Shown besides',
  lock: 'Fixed',
  parts: { word: 'the word', number: 'the number', controls: 'the controls', plots: 'the plots', presets: 'the states of the paper' },
  locks: { play: 'play', m: 'm₊', beta: 'β', reset: 'reset', seed: 'the seed', speed: 'the speed', presets: 'the states of the paper', run: 'run', cancel: 'cancel', anew: 'start anew', refine: 'refine' },
  preview: 'The frame as it will be',
};
