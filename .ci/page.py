"""The page at / in headless Chromium: it shows what is there, and what happens, without being asked again."""

import os
import pathlib
import shutil

from boto import client
from cloud import Skipped

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        raise Skipped("no Chromium here; Debian's package is chromium")
    return found


def run(cloud):
    path = browser()
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            return look(cloud, chromium.new_page(viewport={"width": 1340, "height": 900}))
        finally:
            chromium.close()


def look(cloud, page):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.goto(cloud.endpoint + "/")
    state = page.locator("#servers tr[data-key=chef-automate-held] .state")
    state.filter(has_text="HEALTHY").wait_for(timeout=10_000)

    cm = client(cloud, "opsworkscm", attempts=10)
    # Descriptions are anybody's text, and must stay text.
    made = cm.create_backup(ServerName="chef-automate-held", Description="<b>before</b> release 4711")["Backup"]
    row = page.locator(f"#backups tr[data-key={made['BackupId']}]")
    row.locator(".state", has_text="IN_PROGRESS").wait_for(timeout=10_000)
    assert "<b>before</b> release 4711" in row.inner_text(), row.inner_text()
    state.filter(has_text="BACKING_UP").wait_for(timeout=10_000)
    if "SCREENSHOT" in os.environ:
        page.screenshot(path=pathlib.Path(os.environ["SCREENSHOT"]), full_page=True)
    row.locator(".state", has_text="OK").wait_for(timeout=20_000)
    state.filter(has_text="HEALTHY").wait_for(timeout=10_000)
    follow_run(cloud, page)
    script_fault(page)
    page.locator("#tab-calls").click()
    page.locator("#calls tr", has_text="CreateBackup").first.wait_for(timeout=10_000)
    page.goto(cloud.endpoint + "/#servers")
    page.set_viewport_size({"width": 420, "height": 900})
    hidden = page.evaluate("Math.max(...[...document.querySelectorAll('.scroll')].map(it => it.scrollWidth - it.clientWidth))")
    assert hidden <= 0, f"{hidden} px of a table are out of sight on a narrow screen"
    assert not complaints, complaints
    return "the page follows a backup and a run from beginning to end, and scripts a fault"


def follow_run(cloud, page):
    """A run is opened by the keyboard, and its entry changes by itself."""
    table = client(cloud, "dynamodb", endpoint=cloud.variables["AWS_ENDPOINT_URL_DYNAMODB"])
    day = page.locator("#now").inner_text()[:10]
    row = {"runId": {"S": "release/4711"}, "requestedAt": {"S": day + "T00:00:00.000Z"}}

    def put(**attributes):
        table.put_item(TableName="server-backup-audit",
                       Item=row | {name: {"S": text} for name, text in attributes.items()})

    put(entry="run", status="RUNNING", dayKey="runs#" + day)
    put(entry="server#alpha", serverName="alpha", status="STARTED")
    page.locator("#tab-servers").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#runs a", has_text="release/4711").press("Enter")
    entry = page.locator("#entries tr[data-key=alpha]")
    entry.locator(".state", has_text="STARTED").wait_for(timeout=10_000)
    put(entry="server#alpha", serverName="alpha", status="SUCCEEDED")
    entry.locator(".state", has_text="SUCCEEDED").wait_for(timeout=10_000)
    page.reload()
    entry.wait_for(timeout=10_000)
    page.locator("#filter").fill("FAILED")
    entry.wait_for(state="hidden", timeout=10_000)
    page.locator("#filter").fill("")
    entry.locator("a").click()
    page.locator("#nights li[title*=SUCCEEDED] b", has_text="S").wait_for(timeout=10_000)


def script_fault(page):
    page.locator("#wrong summary").click()
    page.locator("#fault button", has_text="Add").click()
    page.locator("#rules tr[data-key=CreateBackup]", has_text="lost answer").wait_for(timeout=10_000)
    page.locator("#clear").click()
    page.locator("#rules", has_text="Nothing goes wrong.").wait_for(timeout=10_000)
