(function () {
  'use strict';
  const parsed = script => JSON.parse(script.textContent);
  const sources = parsed(document.getElementById('sources'));

  /** Makes an element; children that are strings become text, never markup. */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  // ---- the matrix of programs

  function matrix(section) {
    const place = section.querySelector('.matrix');
    const scenarios = parsed(section.querySelector('.scenarios'));
    const first = players.findIndex(p => section.contains(p.article));
    const word = s => (s.nested ? 'nested: ' : '') + s.verdict;
    const link = s => s.problem < 0 ? word(s) : make('a', { href: '#' + players[first + s.problem].name }, word(s));
    const pairs = scenarios.filter(s => s.programs.length === 2);
    const names = [...new Set(pairs.flatMap(s => s.programs))];
    if (pairs.length > 1) {
      const cells = new Map();
      pairs.forEach(s => {
        const key = [...s.programs].sort().join('\n');
        cells.set(key, (cells.get(key) || []).concat([s]));
      });
      place.append(make('table', { 'aria-label': 'programs against programs' },
        make('tr', {}, make('td'), ...names.map(n => make('th', { scope: 'col' }, n))),
        ...names.map((a, i) => make('tr', {}, make('th', { scope: 'row' }, a), ...names.slice(0, i + 1).map(b =>
          make('td', {}, ...(cells.get([a, b].sort().join('\n')) || []).map(s => make('div', { class: s.verdict }, link(s)))))))));
    }
    place.append(make('details', scenarios.length <= 8 ? { open: '' } : {}, make('summary', {}, scenarios.length + (scenarios.length === 1 ? ' scenario' : ' scenarios')),
      make('table', { 'aria-label': 'scenarios' }, ...scenarios.map(s => make('tr', {}, make('th', { scope: 'row' }, s.name),
        make('td', { class: s.verdict }, link(s)), make('td', {}, s.states.toLocaleString('en') + ' states'))))));
  }

  // ---- the player of one interleaving

  class Player {
    constructor(article, index) {
      this.article = article;
      this.name = 'p' + (index + 1);
      article.id = this.name;
      this.at = 0;
      this.drawn = false;
    }

    draw() {
      if (this.drawn) {
        return;
      }
      this.drawn = true;
      this.finding = parsed(this.article.querySelector('.finding'));
      this.steps = this.finding.trace;
      if (this.steps.length === 0) {
        return;
      }
      const place = this.article.querySelector('.player');
      this.told = make('p', { class: 'told', 'aria-live': 'polite' });
      const button = (text, label, action) => {
        const b = make('button', { type: 'button', 'aria-label': label }, text);
        b.addEventListener('click', action);
        return b;
      };
      this.play = button('play', 'play or stop', () => this.toggle());
      this.count = make('span', { class: 'count' });
      place.append(make('div', { class: 'controls', role: 'toolbar', 'aria-label': 'steps' },
        button('|<', 'first step', () => this.go(0)), button('<', 'step back', () => this.go(this.at - 1)),
        button('>', 'step forward', () => this.go(this.at + 1)), button('>|', 'last step', () => this.go(this.steps.length - 1)),
        this.play, this.count));
      this.timeline = make('div', { class: 'timeline', tabindex: '0', role: 'group', 'aria-label': 'interleaving; arrow keys step, space plays' });
      this.timeline.append(...this.lanes());
      this.timeline.addEventListener('keydown', e => this.key(e));
      this.source = make('div', { class: 'source', tabindex: '0', role: 'region', 'aria-label': 'source' });
      this.cells = make('table', { class: 'cells', 'aria-label': 'memory' });
      place.append(this.timeline, this.told, make('div', { class: 'views' }, this.source, make('div', {}, this.cells, ...this.notes())));
      this.show();
    }

    notes() {
      const all = [];
      if (this.finding.inputs.length > 0) {
        all.push('with ' + this.finding.inputs.join(', '));
      }
      return all.concat(this.finding.notes, this.finding.doubt ? ['no inputs were found that lead here: ' + this.finding.doubt] : [])
        .map(n => make('p', { class: 'why' }, n));
    }

    lanes() {
      const cpus = [...new Set(this.steps.map(s => s.cpu))].sort((a, b) => a - b);
      this.ticks = [];
      const columns = '4rem ' + this.steps.map((s, i) => (this.text(s, i).length + 3 + 3 * s.depth) + 'ch').join(' ');
      return cpus.map(cpu => {
        const lane = make('div', { class: 'lane', role: 'group', 'aria-label': 'CPU ' + cpu, style: 'grid-template-columns:' + columns },
          make('span', { class: 'name' }, 'CPU' + cpu));
        this.steps.forEach((step, i) => {
          if (step.cpu === cpu) {
            const tick = make('button', { type: 'button', class: 'tick' + (step.depth > 0 ? ' nested' : '') + (step.pending ? ' pending' : ''),
              style: 'grid-column:' + (i + 2) + (step.depth > 0 ? ';margin-left:' + 1.5 * step.depth + 'ch' : ''),
              title: step.program + ' (' + step.level + ')' + (step.pending ? ', about to happen' : '') }, this.text(step, i));
            tick.addEventListener('click', () => this.go(i));
            this.ticks[i] = tick;
            lane.append(tick);
          }
        });
        this.locks(cpu).forEach(bar => lane.append(make('span', { class: 'lock', title: bar.lock + ' owned', style: 'grid-column:' + (bar.from + 2) + '/' + (bar.to + 2) },
          bar.lock)));
        return lane;
      });
    }

    /** The stretches in which a CPU owns locks: from the step that takes one to its next step without. */
    locks(cpu) {
      const bars = [];
      const open = new Map();
      this.steps.forEach((step, i) => {
        if (step.cpu === cpu && !step.pending) {
          for (const lock of step.locks) {
            if (!open.has(lock)) {
              open.set(lock, i);
            }
          }
          for (const [lock, from] of [...open]) {
            if (!step.locks.includes(lock)) {
              bars.push({ lock, from, to: i + 1 });
              open.delete(lock);
            }
          }
        }
      });
      open.forEach((from, lock) => bars.push({ lock, from, to: this.steps.length }));
      return bars;
    }

    text(step, i) {
      const lost = this.overwritten(i);
      return this.arriving(i) + (step.line ? ':' + step.line + ' ' : '') + step.action + (step.value ? ' ' + step.value : '') + (lost < 0 ? '' : ' overwrites step ' + (lost + 1));
    }

    /** Who comes here, where a nested agent takes its first step. */
    arriving(i) {
      const step = this.steps[i];
      const before = this.steps.slice(0, i).findLast(s => s.cpu === step.cpu);
      return step.depth > 0 && !(before && before.depth === step.depth && before.program === step.program) ? step.level + ' ' + step.program + ' ' : '';
    }

    /** The store of another agent that a store destroys unseen: it came after the agent's own load; -1 when there is none. */
    overwritten(i) {
      const step = this.steps[i];
      if (step.action !== 'store' || step.touched === '') {
        return -1;
      }
      const same = s => s.cpu === step.cpu && s.depth === step.depth && s.program === step.program;
      const before = this.steps.slice(0, i).filter(s => !s.pending);
      const load = before.findLastIndex(s => same(s) && s.action === 'load' && s.touched === step.touched);
      const store = before.findLastIndex(s => !same(s) && s.action === 'store' && s.touched === step.touched);
      return load >= 0 && store > load ? store : -1;
    }

    said() {
      return [...this.article.querySelectorAll('h3, :scope > p')].map(e => e.textContent).join(' ');
    }

    /** The finding's CPUs as words to look for: not every step of its JSON. */
    cpus() {
      return [...new Set([...this.article.querySelector('.finding').textContent.matchAll(/"cpu":(\d+)/g)].map(m => ' cpu' + m[1]))].join('');
    }

    key(event) {
      const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: this.steps.length - 1 }[event.key];
      if (to !== undefined) {
        this.go(to);
        event.preventDefault();
      } else if (event.key === ' ' && event.target === this.timeline) {
        this.toggle();
        event.preventDefault();
      }
    }

    toggle() {
      if (this.timer) {
        clearInterval(this.timer);
        this.timer = undefined;
      } else {
        this.timer = setInterval(() => this.at + 1 < this.steps.length ? this.go(this.at + 1) : this.toggle(), 900);
      }
      this.play.textContent = this.timer ? 'stop' : 'play';
    }

    go(to) {
      this.at = Math.max(0, Math.min(this.steps.length - 1, to));
      this.show();
      history.replaceState(null, '', '#' + this.name + '-step' + (this.at + 1));
    }

    show() {
      this.ticks.forEach((tick, i) => {
        tick.classList.toggle('past', i < this.at);
        tick.toggleAttribute('aria-current', false);
        if (i === this.at) {
          tick.setAttribute('aria-current', 'step');
          tick.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        }
      });
      const step = this.steps[this.at];
      this.count.textContent = 'step ' + (this.at + 1) + ' of ' + this.steps.length;
      this.told.textContent = 'CPU' + step.cpu + ', ' + step.level + ', ' + step.program + (step.line ? ':' + step.line : '') + ': '
        + (step.pending ? 'about to ' : '') + step.action + (step.touched ? ' ' + step.touched : '') + (step.value && !step.value.startsWith(step.touched) ? ' = ' + step.value : '')
        + (step.locks.length > 0 ? '; owns ' + step.locks.join(', ') : '');
      this.showSource(step);
      this.showCells();
    }

    /** Where each agent stands: its last step until now. */
    showSource(step) {
      const lines = sources[step.file] || {};
      const here = new Map();
      this.steps.slice(0, this.at + 1).forEach(s => here.set(s.cpu + '/' + s.depth + '/' + s.program, s));
      const who = n => [...here.values()].filter(s => s.file === step.file && s.line === n).map(s => 'CPU' + s.cpu).join(' ');
      let last = 0;
      const rows = Object.keys(lines).map(Number).sort((a, b) => a - b).flatMap(n => {
        const gap = last > 0 && n > last + 1 ? [make('tr', {}, make('td'), make('td', { class: 'number' }, '...'), make('td'))] : [];
        last = n;
        const names = who(n);
        return gap.concat(make('tr', { class: (names ? 'here' : '') + (n === step.line ? ' now' : '') }, make('td', { class: 'who' }, names),
          make('td', { class: 'number' }, String(n)), make('td', { class: 'code' }, lines[n].replace(/\t/g, '    '))));
      });
      this.source.replaceChildren(make('table', {}, ...rows));
      const now = this.source.querySelector('.now');
      if (now) {
        this.source.scrollTop = now.offsetTop - this.source.clientHeight / 2;
      }
    }

    /** What was seen of each place until now, and who owns which lock. */
    showCells() {
      const cells = new Map();
      if (this.finding.element && this.finding.initially) {
        cells.set(this.finding.element, { value: this.finding.initially, at: -1 });
      }
      const owners = new Map();
      this.steps.slice(0, this.at + 1).forEach((s, i) => {
        if (!s.pending && s.touched && s.value && /load|store|atomic/.test(s.action)) {
          cells.set(s.touched, { value: s.value.replace(/^.* -> /, ''), before: (cells.get(s.touched) || {}).value, at: i });
        }
        if (!s.pending) {
          owners.forEach((cpu, lock) => { if (cpu === s.cpu && !s.locks.includes(lock)) { owners.delete(lock); } });
          s.locks.forEach(lock => owners.set(lock, s.cpu));
        }
      });
      const stacks = new Map();
      this.steps.slice(0, this.at + 1).forEach(s => stacks.set(s.cpu, (stacks.get(s.cpu) || []).slice(0, s.depth).concat([s.program + ' (' + s.level + (s.off ? ', ' + s.off : '') + ')'])));
      const agents = [...stacks].sort((a, b) => a[0] - b[0]).map(([cpu, stack]) => make('tr', {}, make('td', {}, 'CPU' + cpu),
        make('td', { colspan: '2' }, [...stack].reverse().join(' over '))));
      const rows = [...cells].map(([place, c]) => make('tr', c.at === this.at ? { class: 'changed' } : {}, make('td', {}, place),
        make('td', {}, c.value), make('td', {}, c.at === this.at && c.before !== undefined && c.before !== c.value ? 'was ' + c.before : '')));
      const locks = [...owners].map(([lock, cpu]) => make('tr', {}, make('td', {}, 'lock of ' + lock), make('td', {}, 'CPU' + cpu), make('td')));
      this.cells.replaceChildren(make('tr', {}, make('th', { scope: 'col' }, 'memory'), make('th', { scope: 'col' }, 'value'), make('th', { scope: 'col' }, '')),
        ...rows, ...locks, ...agents);
    }
  }

  const players = [...document.querySelectorAll('article.problem')].map((a, i) => new Player(a, i));
  document.querySelectorAll('main > section').forEach(matrix);

  /** Shows the problems that name every word: of a map, a field, a program, a file, "CPU1". */
  function filter(words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(w => w);
    players.forEach(p => {
      const text = wanted.length === 0 ? '' : (p.said() + (/cpu\d/i.test(words) ? p.cpus() : '')).toLowerCase();
      p.article.hidden = !wanted.every(w => text.includes(w));
    });
    shown.textContent = players.filter(p => !p.article.hidden).length + ' of ' + players.length + ' problems';
  }

  const shown = make('span', { class: 'shown', 'aria-live': 'polite' });
  if (players.length > 1) {
    const input = make('input', { type: 'search', id: 'filter', placeholder: 'map, field, program, CPU' });
    input.addEventListener('input', () => filter(input.value));
    document.querySelector('header').append(make('p', {}, make('label', { for: 'filter' }, 'Show problems that name '), input, ' ', shown));
  }

  /** "#p2-step7" shows that step. */
  function follow() {
    const [, name, step] = /^#(p\d+)(?:-step(\d+))?$/.exec(location.hash) || [];
    const player = players.find(p => p.name === name);
    if (player) {
      player.draw();
      player.article.scrollIntoView();
      if (step && player.drawn) {
        player.at = Math.max(0, Math.min(player.steps.length - 1, Number(step) - 1));
        player.show();
      }
    }
  }
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeprint', () => players.forEach(p => p.draw()));
  // Timelines are drawn when they come near the screen, so that large reports open at once.
  const near = new IntersectionObserver(entries => entries.filter(e => e.isIntersecting).forEach(e => {
    players.find(p => p.article === e.target).draw();
    near.unobserve(e.target);
  }), { rootMargin: '400px' });
  players.forEach(p => near.observe(p.article));
  follow();
})();
