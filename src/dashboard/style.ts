// Look of the local page: system fonts, two palettes, one accent.

export const style: string = `
:root{color-scheme:light dark;--bg:#f7f7f5;--card:#fff;--ink:#1b1d1f;--dim:#6b7075;--line:#e4e4e0;--accent:#0f8a6d;--soft:#d5e9e2;--warn:#b3541e;--bar:#dfe4df}
@media (prefers-color-scheme:dark){:root{--bg:#121416;--card:#1a1d20;--ink:#e9eaeb;--dim:#949a9f;--line:#2a2e32;--accent:#43c59e;--soft:#23453b;--warn:#e59a6b;--bar:#24282c}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1080px;margin:0 auto;padding:28px 20px 60px}
header{display:flex;align-items:center;gap:14px;flex-wrap:wrap;margin-bottom:22px}
h1{font-size:19px;font-weight:650;letter-spacing:-.01em;margin:0}
h2{font-size:13px;font-weight:600;color:var(--dim);margin:0 0 12px}
.live{display:inline-flex;align-items:center;gap:7px;color:var(--dim);font-size:13px}
.live i{width:8px;height:8px;border-radius:50%;background:var(--accent)}
.live.lost{color:var(--warn)}.live.lost i{background:var(--warn)}
nav{margin-left:auto;display:flex;border:1px solid var(--line);border-radius:8px;overflow:hidden;background:var(--card)}
nav button{border:0;background:none;color:var(--dim);font:inherit;font-size:13px;padding:5px 12px;cursor:pointer}
nav button[aria-pressed=true]{background:var(--soft);color:var(--ink)}
nav button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
.grid{display:grid;gap:14px;grid-template-columns:1fr 1.3fr 1fr 1fr}
.two{grid-template-columns:repeat(2,1fr);margin-top:14px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px;min-width:0}
.big{font-size:27px;white-space:nowrap;line-height:1.15;font-weight:620;letter-spacing:-.02em}
.big.good{color:var(--accent)}.big.bad{color:var(--warn)}
.note{color:var(--dim);font-size:13px;margin-top:4px}
.wide{margin-top:14px}
svg{display:block;width:100%;height:110px}
svg .gain{fill:var(--accent)}svg .loss{fill:var(--warn)}
.split{display:grid;grid-template-columns:1fr 2fr;gap:18px;margin-bottom:12px}
svg .before{fill:var(--bar)}svg .after{fill:var(--accent)}svg .same{fill:var(--dim);opacity:.45}
.legend{display:flex;gap:16px;color:var(--dim);font-size:12px;margin-top:8px}
.legend b{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.row{margin:9px 0}
.row div{display:flex;justify-content:space-between;gap:10px;font-size:13px}
.row div span:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.row div span:last-child{color:var(--dim);white-space:nowrap}
.track{height:5px;border-radius:3px;background:var(--bar);margin-top:4px;overflow:hidden}
.track i{display:block;height:100%;border-radius:3px;background:var(--accent)}
.skips .track i{background:var(--dim)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
th{text-align:left;font-weight:500;color:var(--dim);padding:0 14px 8px 0;white-space:nowrap}
td{padding:7px 14px 7px 0;border-top:1px solid var(--line);white-space:nowrap}
td.num,th.num{text-align:right}
td.wrap{white-space:normal;min-width:320px;max-width:640px;overflow-wrap:anywhere}#spots-head{margin:18px 0 8px}
td.dim{color:var(--dim)}td.good{color:var(--accent)}td.bad{color:var(--warn)}
code,pre{font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--bg);border:1px solid var(--line);border-radius:8px;padding:12px 14px;margin:10px 0 0;overflow-x:auto}
.empty p{margin:6px 0 0;max-width:62ch}
[hidden]{display:none!important}
@media (max-width:800px){.grid,.two{grid-template-columns:1fr 1fr}}
@media (max-width:520px){.grid,.two,.split{grid-template-columns:1fr}}
`
