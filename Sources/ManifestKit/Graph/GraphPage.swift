/// The page around a drawing: styles, controls and the script that moves it.
enum GraphPage {
  static func text(title: String, svg: String, data: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title)</title>
    <style>\(style)</style>
    </head>
    <body>
    <header><h1>\(title)</h1>
    <label>Namespace <select id="namespace"><option value="">all</option></select></label>
    <label>Kind <select id="kind"><option value="">all</option></select></label>
    <input id="search" type="search" placeholder="Find a name" aria-label="Find a name">
    <button id="fit" type="button">Fit</button><span id="count"></span></header>
    <main><div id="stage">\(svg)</div>
    <aside id="details" hidden><button id="close" type="button" aria-label="Close">×</button>
    <h2></h2><ul></ul><pre></pre></aside></main>
    <script type="application/json" id="data">\(data)</script>
    <script>\(script)</script>
    </body>
    </html>

    """
  }

  private static let style = """

    :root { --ink: #1d2733; --soft: #66758a; --line: #9fb0c4; --paper: #f6f8fa; --box: #fff;
      --band: #e9eef4; --mark: #0b6bcb; --warn: #c2570c; --gone: #b42318; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e4eaf2; --soft: #9aa9bc; --line: #51637a;
      --paper: #10161d; --box: #1b242f; --band: #151d26; --mark: #5aa9ff; --warn: #f0923b;
      --gone: #ff7a6e; } }
    * { box-sizing: border-box; }
    body { margin: 0; height: 100vh; display: flex; flex-direction: column; color: var(--ink);
      background: var(--paper); font: 14px/1.4 system-ui, sans-serif; }
    header { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; padding: 8px 16px;
      border-bottom: 1px solid var(--line); }
    h1 { font-size: 16px; margin: 0 12px 0 0; }
    select, input, button { font: inherit; color: inherit; background: var(--box);
      border: 1px solid var(--line); border-radius: 6px; padding: 3px 8px; }
    #count { color: var(--soft); }
    main { flex: 1; display: flex; min-height: 0; }
    #stage { flex: 1; overflow: hidden; cursor: grab; touch-action: none; }
    svg { width: 100%; height: 100%; display: block; }
    .band rect { fill: var(--band); }
    .title { fill: var(--soft); font-size: 14px; font-weight: 600;
      stroke: var(--band); stroke-width: 5px; paint-order: stroke; }
    marker path { fill: var(--line); }
    .node rect { fill: var(--box); stroke: var(--line); stroke-width: 1.2; }
    .node { cursor: pointer; }
    .node text { fill: var(--ink); font-size: 13px; }
    .node .kind { fill: var(--soft); font-size: 11px; }
    .node.warned rect { stroke: var(--warn); stroke-width: 2; }
    .node.missing rect { stroke: var(--gone); stroke-dasharray: 5 4; }
    .edge { fill: none; stroke: var(--line); stroke-width: 1.3; }
    .faded { opacity: .12; }
    .near rect { stroke: var(--mark); stroke-width: 2; }
    .edge.near { stroke: var(--mark); stroke-width: 2; }
    aside { width: min(460px, 45vw); overflow: auto; padding: 12px 16px;
      border-left: 1px solid var(--line); background: var(--box); }
    aside h2 { font-size: 15px; margin: 0 32px 8px 0; overflow-wrap: anywhere; }
    aside ul { color: var(--warn); margin: 0 0 8px; padding-left: 18px; }
    aside pre { font: 12px/1.45 ui-monospace, monospace; white-space: pre-wrap;
      overflow-wrap: anywhere; margin: 0; }
    #close { float: right; }

    """

  private static let script = """

    const data = JSON.parse(document.getElementById('data').textContent);
    const $ = id => document.getElementById(id);
    const svg = $('drawing'), details = $('details');
    const full = { x: 0, y: 0, w: +svg.dataset.width, h: +svg.dataset.height };
    let view = { ...full }, chosen = -1, drag = null, moved = false;
    const show = () => svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`);
    const fit = () => { view = { ...full }; show(); };
    // Moves the view to some boxes; to the first of them where all at once could not be read.
    const frame = boxes => {
      if (!boxes.length) return;
      const left = Math.min(...boxes.map(b => b.x)), top = Math.min(...boxes.map(b => b.y));
      const right = Math.max(...boxes.map(b => b.x + b.w)) + 40;
      const bottom = Math.max(...boxes.map(b => b.y + b.h)) + 40;
      const shape = svg.clientHeight / svg.clientWidth;
      const w = Math.min(Math.max(right - left + 40, (bottom - top + 40) / shape, svg.clientWidth),
        Math.max(right - left + 40, svg.clientWidth * 1.3));
      view = { x: (left - 40 + right - w) / 2, y: top - 40, w, h: w * shape };
      show();
    };
    const boxOf = index => {
      const place = $('n' + index).transform.baseVal[0].matrix;
      return { x: place.e, y: place.f, w: \(GraphLayout.boxWidth), h: \(GraphLayout.boxHeight) };
    };
    const fill = (select, values) => [...new Set(values)].filter(v => v).sort().forEach(value => {
      const option = document.createElement('option');
      option.value = option.textContent = value;
      select.append(option);
    });
    fill($('namespace'), data.nodes.map(n => n.namespace));
    fill($('kind'), data.nodes.map(n => n.kind));
    function paint() {
      const space = $('namespace').value, kind = $('kind').value;
      const text = $('search').value.toLowerCase();
      const near = new Set();
      if (chosen >= 0) {
        near.add(chosen);
        data.edges.forEach(e => {
          if (e.from === chosen) near.add(e.to);
          if (e.to === chosen) near.add(e.from);
        });
      }
      const fits = n => (!space || n.namespace === space) && (!kind || n.kind === kind)
        && (!text || n.name.toLowerCase().includes(text));
      const visible = data.nodes.map((n, i) => fits(n) && (chosen < 0 || near.has(i)));
      const isFiltered = space || kind || text;
      data.nodes.forEach((n, i) => {
        $('n' + i).classList.toggle('faded', !visible[i]);
        $('n' + i).classList.toggle('near', near.has(i));
      });
      data.edges.forEach((e, i) => {
        const touches = e.from === chosen || e.to === chosen;
        $('e' + i).classList.toggle('near', touches);
        $('e' + i).classList.toggle('faded', chosen >= 0 ? !touches
          : !(visible[e.from] && visible[e.to]));
      });
      const count = visible.filter(Boolean).length;
      $('count').textContent = `${count} of ${data.nodes.length} objects`;
      return isFiltered ? data.nodes.map((_, i) => i).filter(i => visible[i]) : [];
    }
    function choose(index) {
      chosen = index;
      details.hidden = index < 0;
      if (index >= 0) {
        const node = data.nodes[index];
        const place = node.namespace ? node.namespace + '/' : '';
        details.querySelector('h2').textContent =
          `${node.kind} ${place}${node.name}` + (node.missing ? ' (not there)' : '');
        details.querySelector('ul').replaceChildren(...node.findings.map(text => {
          const item = document.createElement('li');
          item.textContent = text;
          return item;
        }));
        details.querySelector('pre').textContent = node.yaml;
      }
      paint();
    }
    const filter = () => {
      choose(-1);
      frame(paint().map(boxOf));
    };
    $('namespace').onchange = $('kind').onchange = $('search').oninput = filter;
    $('fit').onclick = fit;
    $('close').onclick = () => choose(-1);
    addEventListener('keydown', event => { if (event.key === 'Escape') choose(-1); });
    const scale = () => Math.max(view.w / svg.clientWidth, view.h / svg.clientHeight);
    svg.addEventListener('wheel', event => {
      event.preventDefault();
      const factor = Math.exp(Math.max(-50, Math.min(50, event.deltaY)) / 200);
      const box = svg.getBoundingClientRect(), s = scale();
      const x = view.x + view.w / 2 + (event.clientX - box.left - box.width / 2) * s;
      const y = view.y + view.h / 2 + (event.clientY - box.top - box.height / 2) * s;
      if (view.w * factor < 200 || view.w * factor > full.w * 4) return;
      view = { x: x + (view.x - x) * factor, y: y + (view.y - y) * factor,
        w: view.w * factor, h: view.h * factor };
      show();
    }, { passive: false });
    svg.addEventListener('pointerdown', event => {
      drag = { x: event.clientX, y: event.clientY };
      moved = false;
    });
    addEventListener('pointermove', event => {
      if (!drag) return;
      const dx = event.clientX - drag.x, dy = event.clientY - drag.y, s = scale();
      if (Math.abs(dx) + Math.abs(dy) > 4) moved = true;
      if (!moved) return;
      view.x -= dx * s;
      view.y -= dy * s;
      drag = { x: event.clientX, y: event.clientY };
      show();
    });
    addEventListener('pointerup', () => { drag = null; });
    svg.addEventListener('click', event => {
      if (moved) return;
      const node = event.target.closest('.node');
      choose(node ? +node.id.slice(1) : -1);
    });
    if (scale() > 2.2) {
      // Too much to read at once: begin at the top left, where names can be read.
      const width = Math.min(full.w, svg.clientWidth * 1.3);
      view = { x: 0, y: 0, w: width, h: width * svg.clientHeight / svg.clientWidth };
      show();
    }
    paint();

    """
}
