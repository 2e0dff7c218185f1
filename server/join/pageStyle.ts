import { createHash } from 'node:crypto'

/** One stylesheet for every page of the door: in the page, so that one answer is enough on a slow line. */
const RULES = `
:root{color-scheme:light dark;--paper:#faf7f1;--sheet:#fffefb;--ink:#211d18;--soft:#625a4e;--line:#ddd4c5;--strong:#8d8272;
--family:#a83c16;--family-tint:#fbe8dd;--on-family:#fffefb;--wrong:#9c1c16;--wrong-tint:#fbe4e1;
--child-welfare:#0d6464;--calworks:#7a5600;--school:#29559a;--mental-health:#75397b;--housing:#3a6626;--probation:#48525d;--child-support:#4a3f9e;--other:#5b4a3a}
@media(prefers-color-scheme:dark){:root{--paper:#1a1714;--sheet:#24201c;--ink:#f4eee4;--soft:#bdb2a3;--line:#443d35;--strong:#998d7d;
--family:#ff9b73;--family-tint:#43291e;--on-family:#26110a;--wrong:#ff9d94;--wrong-tint:#451f1c;
--child-welfare:#68c7c0;--calworks:#e3b754;--school:#94b8f5;--mental-health:#d9a1de;--housing:#9ccc85;--probation:#b3bec9;--child-support:#b4acf7;--other:#d0bda9}}
@media(prefers-contrast:more){:root{--soft:var(--ink);--line:var(--ink);--strong:var(--ink)}}
*{box-sizing:border-box}
html{font:17px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:34rem;padding:0 18px 40px;overflow-wrap:break-word}
[hidden]{display:none!important}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:8px;padding:10px 0;background:var(--paper)}
header{font-size:.92rem}
@media(min-height:30rem){html{scroll-padding-top:72px}header{position:sticky;top:0;z-index:1}}
nav{display:flex;align-items:center;font-weight:700}
nav a,nav span{display:inline-flex;align-items:center;min-height:44px;min-width:44px}
nav i{padding:0 5px}
nav i{font-style:normal;font-weight:400;color:var(--soft)}
a{color:inherit;text-underline-offset:3px}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,label:focus-within,[tabindex]:focus-visible{outline:3px solid var(--school);outline-offset:2px}
.leave{margin-left:auto;display:inline-flex;align-items:center;gap:7px;min-height:44px;padding:6px 10px;border:1.5px solid var(--ink);border-radius:9px;font-weight:700;text-decoration:none;background:var(--sheet)}
.leave svg{width:19px;height:19px;flex:none}
h1{font-size:1.55rem;line-height:1.18;margin:14px 0 20px;letter-spacing:-.01em}
h2{font-size:1.15rem;line-height:1.25;margin:28px 0 8px}
h3{font-size:1rem;margin:0 0 6px}
p{margin:0 0 12px}
.for{color:var(--soft);margin:8px 0 0}
.for b{color:var(--ink)}
.soft,small{color:var(--soft);font-size:.94rem}
form>div,fieldset{margin:0 0 22px}
fieldset{border:0;padding:0;min-width:0}
.ask,legend{display:block;font-weight:700;padding:0;margin:0 0 2px}
legend{margin-bottom:8px}
fieldset .agency .ask{margin:0 0 6px}
.hint{color:var(--soft);margin:0 0 6px}
input[type=text],select{display:block;width:100%;min-height:52px;padding:10px 13px;font:inherit;color:var(--ink);background:var(--sheet);border:1.5px solid var(--ink);border-radius:9px}
input.code{text-transform:uppercase;letter-spacing:.08em}
.role{display:flex;align-items:center;gap:14px;min-height:56px;margin:0 0 8px;padding:9px 13px;border:1.5px solid var(--strong);border-radius:9px;background:var(--sheet);cursor:pointer}
.role b,.role span{display:block}
.role span span{color:var(--soft);font-size:.94rem}
.role input{flex:none;width:22px;height:22px;margin:0;accent-color:var(--family)}
.role:has(:checked){border-color:var(--family);background:var(--family-tint);box-shadow:inset 0 0 0 .5px var(--family)}
.agency{margin:0 0 16px;padding:4px 0}
@supports selector(:has(*)){.agency{display:none}form:has([value=agency]:checked) .agency{display:block}.agency .only{display:none}}
.go{display:block;width:100%;min-height:54px;padding:10px 16px;font:inherit;font-size:1.1rem;font-weight:700;text-align:center;text-decoration:none;color:var(--on-family);background:var(--family);border:1.5px solid var(--family);border-radius:9px;cursor:pointer}
.quiet{display:inline-flex;align-items:center;min-height:44px;overflow-wrap:anywhere}
button:is(.lock,.quiet){padding:6px 12px;font:inherit;font-weight:700;color:inherit;background:var(--sheet);border:1.5px solid var(--ink);border-radius:9px;cursor:pointer}
.computer{display:none}
@media(min-width:64rem){.phone{display:none}.computer{display:inline}}
@media print{header,footer,form{display:none!important}}
.aside{margin:20px 0 0;padding-left:13px;border-left:4px solid var(--line);color:var(--soft)}
.confidence{margin:20px 0 0;padding:0 14px;border:1.5px solid var(--line);border-radius:9px;background:var(--sheet)}
.confidence summary{min-height:44px;padding:9px 0;font-weight:700;cursor:pointer}
.errors{margin:16px 0 22px;padding:12px 14px;border:1.5px solid var(--wrong);border-radius:9px;background:var(--wrong-tint)}
.errors h2{margin:0 0 4px;color:var(--wrong)}
.errors ul{margin:0;padding:0;list-style:none}
.errors li{margin:0}
.errors a{display:inline-flex;align-items:center;min-height:44px;font-weight:700}
.wrong{margin:0 0 6px;color:var(--wrong);font-weight:700}
[aria-invalid=true]{border-color:var(--wrong)!important}
dl{margin:0 0 12px;padding:12px 14px;border:1.5px solid var(--line);border-radius:9px;background:var(--sheet)}
dl div{display:flex;flex-wrap:wrap;gap:0 8px}
dt{color:var(--soft)}dd{margin:0;font-weight:700}
main ul{padding-left:1.2em}
main li{margin:0 0 6px}
main li p{margin:0}
main li p,.own{white-space:pre-line}
main .shelf{padding:0;list-style:none}
main .shelf li{padding:8px 0;border-top:1px solid var(--line)}
main .shelf p{margin:0 0 6px;white-space:normal}
.lock+small{display:block;margin-top:6px}
footer{margin:28px 0 0;padding-top:14px;border-top:1px solid var(--line);color:var(--soft);font-size:.94rem}
.goal{padding-top:4px;border-top:1px solid var(--line);margin-top:26px}
.goal h2{margin-top:0}
.goal>p,.goal>h3{margin:14px 0 0}
.goal>p+h2+p{margin:0}
.owner{margin:0 0 12px;padding:12px 14px;border:1px solid var(--line);border-left:6px solid var(--owner);border-radius:9px;background:var(--sheet);--owner:var(--other)}
.owner h3{color:var(--owner)}
.owner ul{margin:0;padding:0;list-style:none}
.owner li{margin:0;padding:8px 0;border-top:1px solid var(--line)}
.owner li:first-child{border-top:0;padding-top:0}
.owner li:last-child{padding-bottom:0}
.owner li p{margin:0;white-space:pre-line}
.family{--owner:var(--family)}
${['child-welfare', 'calworks', 'school', 'mental-health', 'housing', 'probation', 'child-support']
  .map((agency) => `.${agency}{--owner:var(--${agency})}`)
  .join('\n')}
.family>h3{font-size:1.1rem}
@media(min-width:48rem){html{font-size:18px}body.wide{max-width:60rem}.owners{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:12px;align-items:start}.owners .owner{margin:0}h1{font-size:1.9rem}}
`

/** What stands between `<style>` and `</style>`, byte for byte. */
export const PAGE_STYLE = RULES.trim().replace(/\n/g, '')

/** How the Content-Security-Policy names it (without quotes). */
export const PAGE_STYLE_HASH = `sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}`
