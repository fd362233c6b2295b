"""The audit pages in a real browser: text, links, filters, search, languages,
sizes, paper, and that a hostile text stays text."""

import http.server
import threading
import unittest
import urllib.parse

from harness import CALL, ERRORS, TABLES, BrowserTest, Keys, folder, sources

# The source behind the left half: hidden characters are shown as U+202E.
SOURCE = """
const clone = document.getElementById("text").cloneNode(true);
for (const mark of clone.querySelectorAll("i.z")) mark.replaceWith(String.fromCodePoint(parseInt(mark.textContent.slice(2), 16)));
return clone.textContent;
"""
VISIBLE = "return [...document.querySelectorAll('#rows .r:not(.off)')].map((row) => row.id)"
SELECTED = "return document.querySelector('#rows [aria-current]')?.id"
FILTERS = ["metric", "segment", "period", "basis", "status", "company", "finding", "review"]


class Text(BrowserTest):
    def test_source_to_the_letter(self):
        for document, source in sources.items():
            with self.subTest(document):
                self.browser.open(document)
                self.assertEqual(self.browser.js(SOURCE), source)

    def test_lines_have_their_numbers(self):
        self.browser.open(ERRORS)
        lines = sources[ERRORS].rstrip("\n").count("\n") + 1
        self.assertEqual(self.browser.js("return [...document.querySelectorAll('i.n')].map((n) => Number(n.dataset.n))"), list(range(1, lines + 1)))

    def test_structure(self):
        self.browser.open(TABLES)
        self.assertGreater(self.browser.js("return document.querySelectorAll('#text h2, #text h3').length"), 2)
        cells = self.browser.js("return [...document.querySelector('#text table').rows[1].cells].map((cell) => [...cell.childNodes].filter((n) => n.className !== 'v').map((n) => n.textContent).join(''))")
        self.assertEqual(cells, ["火电", "148.6", "155.2", "-4.3"])
        self.browser.open(CALL)
        self.assertGreater(self.browser.js("return document.querySelectorAll('#text .t > :is(.m, .w)').length"), 3)

    def test_every_figure_looks_like_its_class(self):
        self.browser.open(CALL)
        looks = self.browser.js("""return ["a.f", ".p", ".o", ".d", ".q", "span.u"].map((s) => { const e = document.querySelector("#text " + s);
            const c = getComputedStyle(e); return [c.backgroundColor, c.borderBottomStyle + c.borderBottomWidth + c.boxShadow + c.textDecorationLine].join() })""")
        self.assertEqual(len(set(looks)), len(looks), looks)

    def test_legend_takes_colours_away(self):
        self.browser.open(CALL)
        self.browser.one(".legend .p").click()
        self.assertEqual(self.browser.js("return getComputedStyle(document.querySelector('#text .p')).backgroundColor"), "rgba(0, 0, 0, 0)")
        self.assertEqual(self.browser.one(".legend .p").get_attribute("aria-pressed"), "false")


class Links(BrowserTest):
    def test_row_to_figure(self):
        b = self.browser
        b.open(CALL)
        for n in (0, 60, 150):
            row = b.js("const row = document.querySelectorAll('#rows .r')[arguments[0]]; row.scrollIntoView(); row.querySelector('.m').click(); return row.id", n)
            b.settle()
            self.assertEqual(b.js(SELECTED), row)
            self.assertTrue(b.in_sight("#text .now", "#source"))
            self.assertEqual("#" + b.js("return document.querySelector('#text .now').id"), b.js("return document.querySelector('#rows [aria-current] a').getAttribute('href')"))
            self.assertTrue(b.current_url.endswith("#" + row))

    def test_rows_of_another_company_name_it(self):
        b = self.browser
        b.open("others.txt")
        shown = [(name.text, name.is_displayed()) for name in b.find_elements("css selector", "#rows .co")]
        self.assertEqual(shown, [("騰訊", True)] * 2)

    def test_figure_to_row(self):
        b = self.browser
        b.open(CALL)
        for n in (5, 100, 140):
            row = b.js("const f = document.querySelectorAll('#text a.f')[arguments[0]]; f.scrollIntoView(); f.click(); return f.hash.slice(1)", n)
            b.settle()
            self.assertEqual(b.js(SELECTED), row)
            self.assertTrue(b.in_sight("#rows [aria-current]", "#rows"))

    def test_figure_of_several_facts(self):
        b = self.browser
        b.open("hostile.txt")
        selected = set()
        for _ in range(2):
            b.one("#text a[data-x='2']").click()
            selected.add(b.js(SELECTED))
        self.assertEqual(len(selected), 2)

    def test_fragments(self):
        b = self.browser
        b.open(CALL)
        row, figure = b.js("const row = document.querySelectorAll('#rows .r')[120]; return [row.id, row.querySelector('a').hash.slice(1)]")
        for fragment in (row, figure):
            b.open(CALL, fragment)
            b.settle()
            self.assertEqual(b.js(SELECTED), row)
            self.assertTrue(b.in_sight("#text .now", "#source"))
            self.assertTrue(b.in_sight("#rows [aria-current]", "#rows"))
        b.js("location.hash = '#L3'")
        b.wait("return document.getElementById('L3').classList.contains('now')")
        b.open(CALL, "no-such-thing'\"<>")
        self.assertIsNone(b.js(SELECTED))

    def test_findings_lead_to_operands(self):
        b = self.browser
        b.open(ERRORS)
        b.one("#tab-findings").click()
        first = b.one("#findings .found > li")
        self.assertIn("31.5%", first.find_element("css selector", ".eq").text)
        self.assertRegex(first.find_element("css selector", ".eq").text, r"20\.1%? to 22\.9%")
        first.click()
        b.settle()
        self.assertEqual(b.js("return document.querySelector('#text .now').textContent"), "31.5%")
        self.assertEqual(b.js("return document.querySelectorAll('#text .operand').length"), 3)
        operands = first.find_elements("css selector", ".o a")
        self.assertEqual(len(operands), 3)
        operands[2].click()
        b.settle()
        self.assertEqual(b.js(SELECTED), operands[2].get_attribute("href").split("#")[1])
        self.assertTrue(b.in_sight("#text .now", "#source"))
        b.one("#findings .found > [data-check=date]").click()
        self.assertIn("2月30日", b.js("return document.querySelector('#text .now').closest('.b').textContent"))

    def test_findings_of_other_documents(self):
        """One that stands elsewhere, of a fact here and of one there."""
        b = self.browser
        b.open(ERRORS)
        row = b.js("return document.querySelectorAll('#rows .r')[7].id")
        item = (f'<li class=suspicious id="finding-f-elsewhere" data-check="restated" data-document="old/b.txt" data-stated="5" data-low="6" data-high="7">'
                f'<p class=h><b class=y>suspicious</b> <span class=ck>restated</span> <span class=at>old/b.txt:<span class=l>9</span></span></p>'
                f'<p class=y lang=en>What b says</p><p class=y lang=zh>乙文</p><p class=o><a href="#f-there">f-there</a> <a href="#{row}">{row}</a> </p></li>')
        page = (folder / urllib.parse.unquote(b.page_url(ERRORS).rsplit("/", 1)[1])).read_text()
        (folder / "elsewhere.html").write_text(page.replace('<ol class="list found">', '<ol class="list found">' + item))
        b.get(folder.as_uri() + "/elsewhere.html#f-elsewhere")
        b.wait("return document.documentElement.dataset.ready !== undefined")
        finding = b.one("#finding-f-elsewhere")
        self.assertIn("old/b.txt:9", finding.text)
        self.assertIn("6 to 7", finding.text)
        self.assertEqual([a.get_attribute("href").split("#")[1] for a in finding.find_elements("css selector", "a")], [row])
        self.assertEqual(finding.find_element("css selector", ".gone").text.split()[0], "f-there")
        self.assertEqual(b.js("return document.querySelectorAll('#text .operand').length"), 1)
        self.assertEqual(b.js(SELECTED), row)  # the one of its facts that is here

    def test_finding_by_fragment(self):
        b = self.browser
        b.open(ERRORS)
        finding = b.js("return document.querySelector('.found > li').id")
        for fragment in (finding, finding.removeprefix("finding-")):
            b.open(ERRORS, fragment)
            self.assertTrue(b.js("return document.getElementById(arguments[0]).hasAttribute('data-now')", finding))

    def test_unresolved(self):
        b = self.browser
        b.open(CALL)
        b.one("#tab-unresolved").click()
        b.one("#unresolved li a").click()
        b.settle()
        self.assertTrue(b.in_sight("#text span.u.now", "#source"))

    def test_tabs_by_keyboard(self):
        b = self.browser
        b.open(ERRORS)
        b.one("#tab-facts").click()
        b.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        self.assertEqual(b.switch_to.active_element.get_attribute("id"), "tab-findings")
        self.assertTrue(b.one("#findings").is_displayed())
        self.assertFalse(b.one("#facts").is_displayed())


class Filters(BrowserTest):
    CELL = """const row = document.getElementById(arguments[0]), column = arguments[1];
        return {metric: row.dataset.m, segment: row.querySelector(".sg")?.textContent ?? "", period: row.querySelector(".p")?.textContent ?? "",
                basis: row.dataset.b, status: row.dataset.s ?? "actual"}[column]"""

    def choices(self, column):
        return self.browser.js("return [...document.getElementById('filter-' + arguments[0]).options].slice(1).map((o) => [o.value, Number(/\\d+$/.exec(o.text)[0])])", column)

    def choose(self, column, value):
        self.browser.js("const s = document.getElementById('filter-' + arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change'))", column, value)

    def test_each_filter(self):
        b = self.browser
        b.open(CALL)
        rows = b.js("return document.querySelectorAll('#rows .r').length")
        for column in FILTERS:
            choices = self.choices(column)
            self.assertGreater(len(choices), 0, column)
            for value, count in choices[:4]:
                self.choose(column, value)
                shown = b.js(VISIBLE)
                self.assertEqual(len(shown), count, (column, value))
                if column in ("metric", "segment", "period", "basis", "status"):
                    self.assertEqual({b.js(self.CELL, row, column) for row in shown}, {value})
            b.js("document.getElementById('clear').click()")
            self.assertEqual(len(b.js(VISIBLE)), rows)

    def test_filters_together(self):
        b = self.browser
        b.open(CALL)
        self.choose("basis", "yoy")
        metric, count = self.choices("metric")[0]
        self.choose("metric", metric)
        shown = b.js(VISIBLE)
        self.assertEqual(len(shown), count)
        self.assertTrue(all(b.js(self.CELL, row, "basis") == "yoy" and b.js(self.CELL, row, "metric") == metric for row in shown))
        b.press("j", "j")
        self.assertEqual(b.js(SELECTED), shown[1])

    def test_finding_filter(self):
        b = self.browser
        b.open(ERRORS)
        concerned = "return [...new Set([...document.querySelectorAll(arguments[0] + ' .o a')].map((a) => a.hash.slice(1)))].sort()"
        for value, selector in (("contradiction", ".found .contradiction"), ("growth", ".found [data-check=growth]")):
            self.choose("finding", value)
            self.assertEqual(sorted(b.js(VISIBLE)), b.js(concerned, selector))
            self.assertGreater(len(b.js(VISIBLE)), 2)

    def test_search(self):
        b = self.browser
        b.open(CALL)
        b.press("/")
        b.press("收入")
        hits = sources[CALL].count("收入")
        b.wait("return document.getElementById('hits').textContent.includes(arguments[0])", f"of {hits}")
        b.press(Keys.ENTER, Keys.ENTER)
        self.assertEqual(b.one("#hits").text, f"2 of {hits}")
        self.assertEqual(b.js("return [...CSS.highlights.get('hit-now')].map(String)"), ["收入"])
        shown = b.js(VISIBLE)
        self.assertTrue(0 < len(shown) < b.js("return document.querySelectorAll('#rows .r').length"))
        b.press(Keys.ESCAPE)
        b.js("document.getElementById('query').value = 'no such words'; document.getElementById('query').dispatchEvent(new Event('input'))")
        b.wait("return document.getElementById('hits').textContent === 'no hit'")
        self.assertTrue(b.one("#no-rows").is_displayed())


class Hostile(BrowserTest):
    def test_text_stays_text(self):
        b = self.browser
        b.open("hostile.txt")
        self.assertIsNone(b.js("return window.bad"))
        self.assertEqual(b.js("return document.querySelectorAll('#text script, #text img, #text style').length"), 0)
        self.assertEqual(b.js("return [...document.querySelectorAll('a')].filter((a) => !/^(#|index\\.html$)/.test(a.getAttribute('href'))).length"), 0)
        for row in b.js(VISIBLE):
            b.js("document.getElementById(arguments[0]).click()", row)
        self.assertFalse(set(b.js("return document.body.innerText")) & set("\u202e\u202c\u2066\u2069\u200e\u200f\u061c\u2028\u200b\u0001"))
        self.assertIn("U+202E", b.one("#text").text)
        self.assertIn("<script>window.bad = 1</script>", b.one("#text").text)

    def test_no_request(self):
        asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()
            do_POST = do_GET

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        b = self.browser
        b.open("hostile.txt")
        self.assertEqual(b.js("return performance.getEntriesByType('resource').length"), 0)
        outcome = b.execute_async_script("""const [url, done] = arguments; const out = [];
            const add = (tag, more) => { const e = Object.assign(document.createElement(tag), more); document.body.append(e); return e };
            const image = add("img", {src: url}); image.onerror = () => out.push("image");
            add("script", {textContent: "window.bad = 4"}); add("script", {src: url});
            add("link", {rel: "stylesheet", href: url}); add("style", {textContent: "body { color: rgb(1, 2, 3) }"});
            fetch(url).catch(() => out.push("fetch")).finally(() => setTimeout(() => done([...out, navigator.sendBeacon && typeof window.bad, getComputedStyle(document.body).color]), 600));""", url)
        self.assertEqual(asked, [])
        self.assertIn("fetch", outcome)
        self.assertIn("undefined", outcome)
        self.assertNotIn("rgb(1, 2, 3)", outcome)
        self.assertGreater(len(b.errors()), 3)  # what the policy says of each


CONTRAST = """
const rgb = (text) => { const c = new OffscreenCanvas(1, 1).getContext("2d"); c.fillStyle = text; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data] };
const light = ([r, g, b]) => { const f = (x) => (x /= 255) <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b) };
const back = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c } return [255, 255, 255, 255] };
const poor = [];
for (const e of document.querySelectorAll("body *")) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || e.closest("[aria-pressed=false].legend *, :disabled, script, style, option")) continue;
  const a = light(rgb(getComputedStyle(e).color)), b = light(back(e)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.slice(0, 20), ratio.toFixed(2)].join(" "));
}
return poor.slice(0, 10);
"""


class Looks(BrowserTest):
    def test_fits_its_width(self):
        for width, height in ((1280, 800), (390, 844)):
            for document in (CALL, TABLES, "hostile.txt", None):
                with self.subTest(width=width, document=document):
                    self.browser.size(width, height)
                    self.browser.open(document)
                    self.assertLessEqual(self.browser.js("return document.documentElement.scrollWidth"), width)

    def test_what_is_empty_says_so(self):
        b = self.browser
        lists = ("text", "rows", "unresolved", "findings")
        for document, empty in (("empty.txt", lists), ("plain.txt", lists[1:]), ("others.txt", lists[2:]), (ERRORS, lists[2:3])):
            b.open(document)
            for scripted in (True, False):
                with self.subTest(document, scripted=scripted):
                    b.js("for (const panel of document.querySelectorAll('.panel')) panel.classList.add('shown')")
                    said = b.js("return [...document.querySelectorAll('.nothing')].filter((e) => e.checkVisibility()).map((e) => e.dataset.w)")
                    self.assertEqual(said, ["no_" + {"rows": "facts"}.get(name, name) for name in empty])
                    self.assertFalse(b.one("#no-rows").is_displayed())
                b.js("document.documentElement.classList.remove('js')")
        b.open(CALL)
        b.js("document.getElementById('query').value = 'no such words'; document.getElementById('query').dispatchEvent(new Event('input'))")
        b.wait("return document.getElementById('no-rows').checkVisibility()")
        self.assertLess(b.js("return document.getElementById('no-rows').getBoundingClientRect().top"), 300)

    def test_period_value_basis_and_status_are_not_cut(self):
        b = self.browser
        b.open(CALL)
        b.js("document.querySelector('[data-view=side]').click()")
        for width, height in ((1600, 900), (1280, 800), (390, 844)):
            b.size(width, height)
            for language in ("en", "zh-Hans", "zh-Hant"):
                with self.subTest(width=width, language=language):
                    b.js("const s = document.getElementById('language'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))", language)
                    cut = b.js("return [...document.querySelectorAll('#rows .r > :is(.p, .v, .b)')].filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent)")
                    self.assertEqual(cut, [])
                    over = b.js("""return [...document.querySelectorAll('#rows .r')].filter((row) => { const boxes = [...row.children].map((e) => e.getBoundingClientRect()).filter((a) => a.width);
                        return boxes.some((a, i) => boxes.some((o, j) => i < j && a.left < o.right - 1 && o.left < a.right - 1 && a.top < o.bottom - 8 && o.top < a.bottom - 8)) }).map((row) => row.textContent)""")
                    self.assertEqual(over, [])
        self.assertGreater(b.js("return document.querySelectorAll('#rows .r .s').length"), 5)

    def test_narrow_screen_reviews(self):
        b = self.browser
        b.size(390, 844)
        b.open(CALL)
        self.assertFalse(b.one("#rows").is_displayed())
        b.one("[data-view=side]").click()
        self.assertTrue(b.one("#rows .r").is_displayed())
        self.assertFalse(b.one("#text").is_displayed())
        b.one("#rows .r:nth-child(3)").click()
        b.one("#details .accept").click()
        self.assertEqual(b.one("#progress").text.split()[0], "1")
        b.one("#details .line").click()
        b.settle()
        self.assertTrue(b.in_sight("#text .now", "#source"))

    def test_contrast(self):
        for scheme in ("light", "dark"):
            for document in (CALL, ERRORS, None):
                with self.subTest(scheme=scheme, document=document):
                    self.browser.media(prefers_color_scheme=scheme)
                    self.browser.open(document)
                    if document:
                        self.browser.press("j", "a", "r")
                        self.assertEqual(self.browser.js(CONTRAST), [])
                        self.browser.press("3")
                    self.assertEqual(self.browser.js(CONTRAST), [])

    def test_theme_is_remembered(self):
        b = self.browser
        b.media(prefers_color_scheme="light")
        b.open(ERRORS)
        light = b.js("return getComputedStyle(document.body).backgroundColor")
        b.one("#theme").click()
        dark = b.js("return getComputedStyle(document.body).backgroundColor")
        self.assertNotEqual(light, dark)
        b.open(None, fresh=False)
        self.assertEqual(b.js("return getComputedStyle(document.body).backgroundColor"), dark)

    def test_languages(self):
        b = self.browser
        b.open(CALL)
        for language, facts, metric in (("zh-Hans", "数据", "营业收入"), ("zh-Hant", "數據", "營業收入"), ("en", "Facts", "Revenue")):
            b.js("const s = document.getElementById('language'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))", language)
            b.open(CALL, fresh=False)
            self.assertEqual(b.js("return document.documentElement.lang"), language)
            self.assertIn(facts, b.one("#tab-facts").text)
            self.assertEqual(b.js("return document.querySelector('#rows [data-m=revenue] .m').textContent"), metric)
            b.open(None, fresh=False)
            self.assertEqual(b.one("#language").get_attribute("value"), language)

    def test_paper(self):
        b = self.browser
        b.open(ERRORS)
        b.press("j")
        b.media(type="print")
        for selector in (".bar button", ".tabs", "#filters", "#details"):
            self.assertFalse(b.one(selector).is_displayed(), selector)
        for selector in ("#text", "#rows .r", "#findings .found li", "#findings .title"):
            self.assertTrue(b.one(selector).is_displayed(), selector)
        self.assertGreater(b.js("return document.body.scrollHeight"), b.js("return document.getElementById('text').offsetHeight + document.getElementById('rows').offsetHeight"))

    def test_screen_reader_has_names(self):
        b = self.browser
        for document in (ERRORS, None):
            b.open(document)
            b.press("j")
            if document:
                name = b.switch_to.active_element.get_attribute("aria-label")
                self.assertRegex(name, r"^152.3億元 \d+ Revenue .*2025H1 level 15,230,000,000 CNY Finding$")
            tree = b.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
            nameless = [node["role"]["value"] for node in tree if not node.get("ignored") and node["role"]["value"] in ("button", "link", "textbox", "searchbox", "combobox", "tab", "tabpanel")
                        and not node.get("name", {}).get("value", "").strip()]
            self.assertEqual(nameless, [])

    def test_focus_is_seen(self):
        b = self.browser
        b.open(ERRORS)
        for _ in range(12):
            b.press(Keys.TAB)
            outline = b.js("const c = getComputedStyle(document.activeElement); return [c.outlineStyle, document.activeElement.outerHTML.slice(0, 80)]")
            self.assertNotEqual(outline[0], "none", outline)


class WithoutScript(BrowserTest):
    def test_page_is_of_use(self):
        b = self.browser
        b.open(ERRORS)
        row = b.js("return document.querySelectorAll('#rows .r')[30].id")
        b.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.addCleanup(b.execute_cdp_cmd, "Emulation.setScriptExecutionDisabled", {"value": False})
        b.get("about:blank")
        b.get(b.page_url(ERRORS) + "#" + row)

        def ask(expression):
            return b.execute_cdp_cmd("Runtime.evaluate", {"expression": expression, "returnByValue": True})["result"].get("value")
        self.assertEqual(ask("document.documentElement.className"), "")
        self.assertTrue(ask(f"document.getElementById('{row}').matches(':target') && document.getElementById('{row}').getBoundingClientRect().top < innerHeight"))
        self.assertTrue(ask("['#text', '#rows', '#unresolved', '.found > li'].every((s) => document.querySelector(s).checkVisibility())"))
        self.assertEqual(ask("[...document.querySelectorAll('.js')].filter((e) => e.checkVisibility()).length"), 0)


if __name__ == "__main__":
    unittest.main()
