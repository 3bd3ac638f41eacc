"""Reading the corpus: books, their chapters, what is held out, how much each weighs.

A corpus is a folder with any of
  *.jsonl.xz, *.jsonl   one JSON object a line with at least `title`, `author`, `text`
  *.txt                 one book a file; the file name is its title
Text form: a blank line between paragraphs, a chapter heading as a line `# …`, a scene break as `***`.
"""
import json
import lzma
import pathlib
import re
from dataclasses import dataclass

# Never trained on, by title: a tale book, a fantasy for children, a detective novel, an adventure, a novel of
# manners, a scientific romance, and one book of an author of whom nothing else is in the corpus (Barrie).
HELD_OUT = (
    "The Violet Fairy Book",
    "The Road to Oz",
    "The Hound of the Baskervilles",
    "Treasure Island",
    "Persuasion",
    "The Time Machine",
    "Peter and Wendy",
)

# How often a book is read in one pass. A model of a few million parameters can hold simple prose, so tales and
# children's books come three times, plain lively prose twice, and the densest books every other pass.
TALES = {
    "Aesop", "Andrew Lang", "Carlo Collodi", "E. Nesbit", "Frances Hodgson Burnett", "George MacDonald",
    "Hans Christian Andersen", "Howard Pyle", "Hugh Lofting", "Jacob Grimm & Wilhelm Grimm", "Johanna Spyri",
    "Joseph Jacobs", "Kenneth Grahame", "L. Frank Baum", "Lewis Carroll", "Selma Lagerlöf", "Anna Sewell",
}
TALE_BOOKS = {"Children’s Stories", "Just So Stories", "The Jungle Book", "The Second Jungle Book"}
PLAIN = {
    "Arthur Conan Doyle", "Edgar Rice Burroughs", "Eleanor H. Porter", "G. K. Chesterton", "H. G. Wells",
    "H. Rider Haggard", "Jack London", "Jean Webster", "Jerome K. Jerome", "Kate Douglas Wiggin", "L. M. Montgomery",
    "Louisa May Alcott", "Mark Twain", "Maurice Leblanc", "O. Henry", "Robert Louis Stevenson", "Rudyard Kipling",
    "Saki", "Susan Coolidge", "Baroness Orczy", "John Buchan", "James Stephens",
}
DENSE_BOOKS = {"Les Misérables", "Moby Dick", "The Pickwick Papers", "Nicholas Nickleby", "The Count of Monte Cristo"}


@dataclass
class Book:
    title: str
    author: str
    text: str

    @property
    def weight(self) -> float:
        """Readings per pass."""
        if self.author in TALES or self.title in TALE_BOOKS:
            return 3.0
        if self.title in DENSE_BOOKS:
            return 0.5
        return 2.0 if self.author in PLAIN else 1.0

    @property
    def held_out(self) -> bool:
        return self.title in HELD_OUT


def read(folder) -> list:
    """All books of the folder, ordered by author and title (so that a rerun packs the same data)."""
    books = []
    for path in sorted(pathlib.Path(folder).iterdir()):
        if path.name.endswith((".jsonl.xz", ".jsonl")):
            opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else open(path, encoding="utf-8")
            with opened as lines:
                for line in lines:
                    o = json.loads(line)
                    books.append(Book(o["title"], o.get("author", ""), o["text"]))
        elif path.suffix == ".txt":
            books.append(Book(path.stem, "", path.read_text(encoding="utf-8")))
    if not books:
        raise SystemExit(f"no books in {folder}: expected *.jsonl.xz, *.jsonl or *.txt")
    return sorted(books, key=lambda b: (b.author, b.title))


def chapters(text, shortest=400) -> list:
    """The documents of a book: its chapters, each with its heading; one of fewer than `shortest` characters
    (a part title, an epigraph) is joined to the chapter after it."""
    out, held = [], ""
    for part in re.split(r"\n(?=# )", text):
        part = held + part.strip()
        held = ""
        if len(part) < shortest:
            held = part + "\n\n" if part else ""
        else:
            out.append(part)
    if held.strip():
        out.append(held.strip())
    return out


def typed(text, double_hyphen=False) -> str:
    """The same text as people type it: straight quotes, and perhaps two hyphens for a dash."""
    text = text.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})
    return text.replace("—", "--") if double_hyphen else text
