"""What notebooks, MyST, Sphinx and pandoc make of the recipes of docs/embed.md."""

import html.parser
import json
import pathlib
import re
import subprocess
import sys

import nbformat
import pypandoc
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

TEXT = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
WORK = pathlib.Path(sys.argv[2])
ADDRESS = "https://HOST/uphill/?embed=lab&m=0.9991&seed=1"
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"
# The least PNG that there is: one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def under(heading):
    """What stands under a heading."""
    return TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def blocks(heading, language):
    """The blocks of code under a heading, in one language."""
    found = re.findall(rf"^(`{{3,}}){language}\n(.*?)^\1$", under(heading), re.M | re.S)
    return [code for _, code in found]


class Frames(html.parser.HTMLParser):
    """The attributes of the frames of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "iframe":
            self.found.append(dict(attrs))


def has_frame(page, what):
    """One frame, with the address and the sandbox of the recipe."""
    frames = Frames(page).found
    assert len(frames) == 1, f"{what}: {len(frames)} frames"
    assert frames[0]["src"] == ADDRESS, f"{what}: {frames[0]}"
    assert frames[0]["sandbox"] == SANDBOX, f"{what}: {frames[0]}"
    print(f"{what}: the frame is there")


def jupyter():
    notebook = nbformat.v4.new_notebook()
    [cell] = blocks("Jupyter and MyST", "python")
    notebook.cells = [nbformat.v4.new_code_cell(cell)]
    ExecutePreprocessor(timeout=120).preprocess(notebook, {})
    page, _ = HTMLExporter().from_notebook_node(notebook)
    has_frame(page, "nbconvert")
    clean, _ = HTMLExporter(sanitize_html=True).from_notebook_node(notebook)
    assert not Frames(clean).found, "--sanitize-html keeps a frame: docs/embed.md says otherwise"


def folder(name):
    made = WORK / name
    made.mkdir()
    (made / "uphill.png").write_bytes(PIXEL)
    return made


def mystmd():
    place = folder("myst")
    (place / "index.md").write_text("# Page\n\n" + blocks("Jupyter and MyST", "md")[0], encoding="utf-8")
    (place / "myst.yml").write_text("version: 1\nproject:\n  title: Page\nsite:\n  template: book-theme\n")
    # It ends with an error where it finds no theme; the page's content has been written by then.
    subprocess.run([WORK / "node_modules/.bin/myst", "build", "--site"], cwd=place, check=False, capture_output=True)
    page = json.loads((place / "_build/site/content/index.json").read_text(encoding="utf-8"))
    found = []

    def walk(node):
        if node.get("type") == "iframe":
            found.append(node)
        for child in node.get("children", []):
            walk(child)

    walk(page["mdast"])
    assert [frame["src"] for frame in found] == [ADDRESS], found
    [image] = found[0]["children"]
    assert image["placeholder"] and image["urlSource"] == "uphill.png", image
    print("mystmd: the frame is there, with the picture that stands for it")


def sphinx():
    place = folder("sphinx")
    (place / "conf.py").write_text("extensions = ['myst_parser']\n")
    (place / "index.md").write_text("# Page\n\n" + blocks("Jupyter and MyST", "md")[1], encoding="utf-8")
    for builder in ["html", "latex"]:
        subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, place, place / builder], check=True)
    has_frame((place / "html/index.html").read_text(encoding="utf-8"), "Sphinx")
    [tex] = (place / "latex").glob("*.tex")
    text = tex.read_text(encoding="utf-8")
    assert "iframe" not in text and r"\sphinxincludegraphics" in text, text[-500:]
    print("Sphinx for LaTeX: the picture is there")


def quarto():
    """Quarto itself is not on PyPI or npm; the raw frame and the picture go through pandoc."""
    [recipe] = blocks("Quarto", "markdown")
    has_frame(pypandoc.convert_text(recipe, "html", format="markdown"), "pandoc")
    text = pypandoc.convert_text(recipe, "latex", format="markdown")
    assert "iframe" not in text and r"\includegraphics" in text and "uphill.png" in text, text
    print("pandoc for LaTeX: the picture is there")


for tool in [jupyter, mystmd, sphinx, quarto]:
    tool()
