"""What the browser tests share: the pages, made once for all tests, a headless
Chromium, and ways to ask it things.

The pages come from `jiyao extract -o`; CMakeLists.txt gives the program's path
in the environment.
"""

import atexit
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

SKIPPED = 77  # ctest's SKIP_RETURN_CODE
try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    print("no selenium: tools/install brings it", file=sys.stderr)
    sys.exit(SKIPPED)
if not shutil.which("chromium") or not shutil.which("chromedriver"):
    print("no chromium: tools/install brings it", file=sys.stderr)
    sys.exit(SKIPPED)

ROOT = pathlib.Path(__file__).resolve().parents[2]
work = pathlib.Path(tempfile.mkdtemp(prefix="jiyao-browser-"))
atexit.register(shutil.rmtree, work, True)

# Text that tries to be more than text, and that tries to hide.
HOSTILE = (
    "<script>window.bad = 1</script>2024年營收12億元，同比增長5%。\n"
    "</style></textarea></title><img src=x onerror=\"window.bad = 2\">毛利率30%。\n"
    "[x](javascript:window.bad=3) javascript:alert(1) 淨利潤3億元 &lt;b&gt; &#x3c;i&#x3e;\n"
    "營收\u202e12億元\u202c\u2066同比\u2069增長\u200f7%\u200e\u061c。\r\n"
    "{{text}} ${alert(1)} ]]> <!-- 用戶5000萬人 --> \u2028\u200b\u0001。\n"
    "第四季度DAU和MAU分別同比增長6%。\n"
)


def large_text(characters=200_000, facts=5000):
    """As many characters, and as many facts or a few more, all different."""
    lines, count = ["一、業績回顧\n"], 1
    names = ["線上營銷服務", "直播業務", "電商服務", "雲計算", "國際業務", "硬件產品"]
    while count * 4 < facts + 4:
        lines.append(
            f"{2022 + count % 3}年第{'一二三四'[count % 4]}季度，我們的{names[count % 6]}收入達到人民幣{count * 7 % 9000 + 100}.{count % 10}億元，"
            f"同比增長{count % 37 + 1}.{count % 9}%，主要得益於用戶基礎的持續擴大以及商業化效率的提升，毛利率為{count % 50 + 20}.{count % 7}%，"
            f"較上年同期提高{count % 5 + 1}.{count % 8}個百分點。\n"
        )
        count += 1
    text = "".join(lines)
    return text + "謝謝大家的參與。" * ((characters - len(text)) // 8)


def make_pages():
    texts = work / "texts"
    texts.mkdir()
    for name in ["17-cn-call-appliance-errors.hant", "11-cn-table-power.hans", "01-cn-call-platform.hant"]:
        shutil.copy(ROOT / "corpus" / f"{name}.txt", texts)
    (texts / "hostile.txt").write_bytes(HOSTILE.encode())
    (texts / "large.txt").write_text(large_text())
    (texts / "others.txt").write_text("示例科技（01234.HK）\n示例科技2024年收入12億元。\n騰訊2024年收入6603億元，同比增長8%。\n")
    (texts / "empty.txt").write_text("")
    (texts / "plain.txt").write_text("這裡沒有任何數字可說。\n")
    out = work / "out"
    files = sorted(texts.iterdir())
    subprocess.run([os.environ["JIYAO_BINARY"], "extract", texts, "-o", out, "-q"], check=True, timeout=120)
    return out / "audit", {file.name: file.read_bytes().decode() for file in files}


folder, sources = make_pages()
ERRORS = "17-cn-call-appliance-errors.hant.txt"
TABLES = "11-cn-table-power.hans.txt"
CALL = "01-cn-call-platform.hant.txt"


def page_urls():
    """Document → URL of its page, as the index links to it."""
    index = (folder / "index.html").read_text()
    urls = {}
    for row in index.split("<tr data-document=\"")[1:]:
        href = row.split("href=\"", 1)[1].split("\"", 1)[0]
        urls[row.split("\"", 1)[0]] = folder.as_uri() + "/" + href
    return urls


urls = page_urls()


class Browser(webdriver.Chrome):
    def __init__(self, language="en"):
        options = Options()
        options.binary_location = shutil.which("chromium")
        self.downloads = pathlib.Path(tempfile.mkdtemp(dir=work))
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
                         "--disable-component-update", "--no-first-run", f"--lang={language}", f"--user-data-dir={tempfile.mkdtemp(dir=work)}"]:
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        super().__init__(service=Service(shutil.which("chromedriver")), options=options)
        self.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(self.downloads)})
        self.size(1280, 900)

    def size(self, width, height):
        self.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def media(self, **features):
        """media(prefers_color_scheme="dark"), media(type="print")"""
        kind = features.pop("type", "")
        pairs = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": kind, "features": pairs})

    def open(self, document, fragment="", fresh=True):
        """The page of a document, or the index for None. A fresh one has nothing kept."""
        url = urls[document] if document else (folder / "index.html").as_uri()
        if fresh:
            self.get(url)
            self.js("localStorage.clear()")
        else:
            time.sleep(0.5)  # what a page keeps reaches the next one's process after a while
        self.get("about:blank")
        self.get(url + ("#" + urllib.parse.quote(fragment) if fragment else ""))
        self.wait("return document.documentElement.dataset.ready !== undefined")

    def page_url(self, document):
        return urls[document]

    def js(self, script, *arguments):
        return self.execute_script(script, *arguments)

    def wait(self, script, *arguments, seconds=8):
        end = time.monotonic() + seconds
        while True:
            result = self.js(script, *arguments)
            if result:
                return result
            if time.monotonic() > end:
                raise AssertionError("in vain: " + script)
            time.sleep(0.03)

    def one(self, selector):
        return self.find_element(By.CSS_SELECTOR, selector)

    def press(self, *keys):
        for key in keys:
            self.switch_to.active_element.send_keys(key)

    def settle(self):
        """After scrolling, which takes two frames."""
        self.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())))")

    def in_sight(self, selector, box):
        return self.js(
            "const r = document.querySelector(arguments[0]).getBoundingClientRect(), b = document.querySelector(arguments[1]).getBoundingClientRect();"
            "return r.height > 0 && r.top >= b.top - 1 && r.bottom <= b.bottom + 1", selector, box)

    def errors(self):
        return [entry["message"] for entry in self.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def downloaded(self, name="review.json"):
        path = self.downloads / name
        end = time.monotonic() + 8
        while not path.exists() or not path.stat().st_size:
            if time.monotonic() > end:
                raise AssertionError(f"{name} was not saved")
            time.sleep(0.05)
        text = path.read_text()
        path.unlink()
        return json.loads(text)


class BrowserTest(unittest.TestCase):
    """A browser for each class; an error in its console fails the test."""

    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.quit)

    def setUp(self):
        self.browser.size(1280, 900)
        self.browser.media()
        self.browser.errors()

    def tearDown(self):
        self.assertEqual(self.browser.errors(), [])
