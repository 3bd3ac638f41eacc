// What other programs put on the clipboard, in the shape they put it there.
import { expect, test } from "./desk";

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri"} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1><span style='mso-fareast-font-family:"Times New Roman"'>The Box<o:p></o:p></span></h1>
<p class=MsoNormal>She did <i style='mso-bidi-font-style:normal'>not</i> open it <b style='mso-bidi-font-weight:normal'><span
lang=EN-US>at once</span></b>.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal align=center style='text-align:center'>* * *<o:p></o:p></p>
<p class=MsoQuote>Dear M.<o:p></o:p></p>
<p class=MsoQuote>Come.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>a lamp<o:p></o:p></p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal>in a cell</p></td></tr></table>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Check the tide.<o:p></o:p></p></div></div>
<!--EndFragment--></body></html>`;

const LIBRE_OFFICE = `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<style type="text/css">p { line-height: 115%; margin-bottom: 0.1in }</style></head><body lang="de-DE" dir="ltr">
<h2 class="western">Nacht</h2>
<p style="line-height: 100%; margin-bottom: 0in">Es war <i>sehr</i> <span style="font-weight: bold">dunkel</span>.<sup><a class="sdfootnoteanc"
 name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></sup></p>
<p style="margin-bottom: 0in"><br/></p>
<blockquote>Ein Brief.</blockquote>
<p>Vers eins<br/>Vers zwei</p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Noch prüfen.</p></div>
</body></html>`;

const DOCS = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr" style="line-height:1.38"><span
style="font-size:20pt;font-weight:400;font-style:normal">The Tide</span></h1><p dir="ltr"><span style="font-weight:400;font-style:normal">It came </span><span
style="font-weight:700;font-style:normal">late</span><span style="font-weight:400;font-style:italic"> that night</span><span style="font-weight:400">.</span></p><br /><p dir="ltr"><span
style="font-weight:400">Nobody saw it.</span></p></b>`;

const WEB = `<meta charset='utf-8'><article><h4 style="color:red">A quiet day</h4><p style="font: 12px Comic">The <em>lamp</em> was <strong>out</strong>,
<a href="https://example.org/">they said</a><script>alert(1)</script>.</p><img src="x.png" alt="a lamp"><button>Share</button><p style="display:none">Tracking.</p>
<figure><figcaption>The lamp room</figcaption></figure><pre>one
  two</pre><hr><ul><li>first</li><li>second</li></ul></article>`;

/** The page as HTML, without what only the page itself knows. */
const shown = (html: string) =>
  html
    .replace(/ (dir|class|role|aria-label|data-note|contenteditable)="[^"]*"/g, "")
    .replace(/<br>(?=<\/p>)/g, "");

test.describe("pasting", () => {
  for (const [program, html, page] of [
    [
      "Word",
      WORD,
      "<h1>The Box</h1><p>She did <em>not</em> open it <strong>at once</strong>.</p><hr>" +
        "<blockquote><p>Dear M.</p><p>Come.</p></blockquote><p>a lamp</p><p>in a cell</p><hr>" +
        "<aside><p>Check the tide.</p></aside>",
    ],
    [
      "LibreOffice",
      LIBRE_OFFICE,
      "<h2>Nacht</h2><p>Es war <em>sehr</em> <strong>dunkel</strong>.</p><blockquote><p>Ein Brief.</p></blockquote>" +
        "<p>Vers eins<br>Vers zwei</p><aside><p>Noch prüfen.</p></aside>",
    ],
    [
      "Google Docs",
      DOCS,
      "<h1>The Tide</h1><p>It came <strong>late</strong><em> that night</em>.</p><p>Nobody saw it.</p>",
    ],
    [
      "a web page",
      WEB,
      "<h3>A quiet day</h3><p>The <em>lamp</em> was <strong>out</strong>, they said.</p><p>The lamp room</p>" +
        "<p>one<br>  two</p><hr><p>first</p><p>second</p>",
    ],
  ] as const) {
    test(`from ${program} keeps what a page can hold`, async ({ desk }) => {
      await desk.open();
      await desk.paste("not this", html);
      expect(shown(await desk.editor.innerHTML())).toBe(page);
      await desk.saved();
      await desk.page.reload();
      expect(shown(await desk.editor.innerHTML())).toBe(page);
    });
  }

  test("puts words of another program in the middle of a line", async ({ desk }) => {
    await desk.open();
    await desk.type("She said no.");
    for (let i = 0; i < " no.".length; i++) await desk.press("ArrowLeft");
    await desk.paste("x", "<meta charset='utf-8'><span style='color: red'><i>&nbsp;softly</i></span>");
    expect(await desk.text()).toBe("She said softly no.");
    await desk.paste("x", "<meta charset='utf-8'><p>and</p><p>then</p>");
    expect(await desk.text()).toBe("She said softlyand\n\nthen no.");
  });

  test("takes no other program's word for who wrote something, and its own page's", async ({ desk }) => {
    await desk.open();
    const forged = (number: string) => `<p><span data-request="r" data-candidate="${number}">made</span></p>`;
    await desk.paste("made", forged("0"));
    await expect(desk.editor.locator(".made")).toHaveCount(0);
    await desk.paste("made", forged("NaN").replace("<p>", '<p data-pm-slice="1 1 []">'));
    await expect(desk.editor.locator(".made")).toHaveAttribute("data-candidate", "0");
  });

  test("copies a note to self only where nothing else is copied", async ({ desk }) => {
    await desk.open();
    await desk.paste("Story.\n\nMore.");
    await desk.press("Enter");
    await desk.type("%% mine");
    const copied = () =>
      desk.editor.evaluate((element) => {
        const clipboardData = new DataTransfer();
        element.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
        return clipboardData.getData("text/plain");
      });
    // The page hears of a selection a moment after it was made.
    await desk.press("Shift+Home");
    await expect.poll(copied).toBe("mine");
    await desk.press("Control+a");
    await expect.poll(copied).toBe("Story.\n\nMore.");
  });
});
