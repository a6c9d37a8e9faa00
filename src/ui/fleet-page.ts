import type { FleetReport, ServiceReport } from '../model/fleet.ts';
import { detailsOf, fleetSummary, onOneLine, statusOf } from './fleet-text.ts';

const STYLE = `:root{color-scheme:light dark;--line:#8886}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}
td{overflow-wrap:anywhere}td:nth-child(2){white-space:nowrap}
th button{all:unset;cursor:pointer;font-weight:600}th button:focus-visible{outline:2px solid}
[aria-sort=ascending] button::after{content:" ↑"}[aria-sort=descending] button::after{content:" ↓"}
ul{margin:0;padding-left:1rem}small{opacity:.75}
.good{color:light-dark(#176f2c,#6fcf87)}.bad{color:light-dark(#b3261e,#ff9b90)}`;

const SCRIPT = `for(const b of document.querySelectorAll('th button'))b.onclick=()=>{
const h=b.parentNode,i=h.cellIndex,t=document.querySelector('tbody'),d=h.ariaSort==='ascending'?-1:1,
v=r=>r.cells[i].dataset.sort??r.cells[i].textContent;
for(const o of h.parentNode.cells)o.removeAttribute('aria-sort');
h.ariaSort=d>0?'ascending':'descending';
t.append(...[...t.rows].sort((x,y)=>d*v(x).localeCompare(v(y),undefined,{numeric:true})))}`;

/** A report as a page without anything from elsewhere; its table can be sorted. */
export function fleetPage(report: FleetReport): string {
  const { action, createApi, date, dryRun, services, shard } = report;
  const title = `Fleet ${action}`;
  const part = shard === null ? '' : `, part ${shard.index} of ${shard.of}`;
  const facts = `${date}, create-api ${createApi}${dryRun ? ', dry run' : ''}${part}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(fleetSummary(report))}</p>
<p><small>${escaped(facts)}</small></p>
<table>
<thead><tr><th><button>Service</button></th><th><button>Result</button></th><th><button>Details</button></th></tr></thead>
<tbody>
${services.map(rowOf).join('\n')}
</tbody>
</table>
<script>
${SCRIPT}
</script>
</body>
</html>`;
}

function rowOf(service: ServiceReport): string {
  const details = detailsOf(service).map(({ text, hint }) => {
    const what = hint === '' ? '' : ` <small>${escaped(hint)}</small>`;
    return `<li>${escaped(text)}${what}</li>`;
  });
  const list = details.length === 0 ? '' : `<ul>${details.join('')}</ul>`;
  const kind = service.exitCode === 0 ? 'good' : 'bad';
  return `<tr><td>${escaped(service.service)}</td><td class="${kind}">${escaped(statusOf(service))}</td><td data-sort="${details.length}">${list}</td></tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for HTML, between tags or in quotes. */
function escaped(text: string): string {
  return onOneLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
