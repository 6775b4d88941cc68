package dev.serverbackup.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.cli.InProcess;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore of a managed node by Run Command: the documents really run. */
class RestoreInstanceIT {
    private static final CallPattern SEND = CallPattern.of("SendCommand");
    private static final String WIKI = "i-0a1b2c3d4e5f60001";
    private static final String NEW_WIKI = "mi-0a1b2c3d4e5f60002";

    @TempDir
    private Path folder;

    private RestoreSetup setup;

    @BeforeEach
    void start() throws IOException {
        Path fleet = Files.writeString(
                folder.resolve("fleet.json"), """
                    {"instances": [
                      {"id": "%1$s", "tags": {"Name": "wiki", "Backup": "nightly", "BackupEngine": "generic"},
                        "scripts": {"backup": "#!/bin/sh\\necho 'all pages' >\\"$1/pages.sql\\"\\n",
                          "restore": "#!/bin/sh\\ncp \\"$1/pages.sql\\" %2$s\\n"}},
                      {"id": "%3$s", "tags": {"Name": "new-wiki", "Backup": "nightly", "BackupEngine": "generic"},
                        "scripts": {"restore": "#!/bin/sh\\ncp \\"$1/pages.sql\\" %4$s\\n"}}]}
                    """.formatted(WIKI, restored("wiki"), NEW_WIKI, restored("new-wiki")));
        setup = new RestoreSetup(FleetFile.read(fleet));
        setup.backUpInstances("nightly", WIKI);
    }

    @AfterEach
    void stop() {
        setup.close();
    }

    private Path restored(String name) {
        return folder.resolve(name + ".sql");
    }

    private int sent() {
        return setup.cloud.aws().calls().matching(SEND).size();
    }

    @Test
    void an_instance_gets_back_what_was_backed_up() {
        InProcess answer = setup.restore("--server=" + WIKI, "--yes");

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.err()).containsPattern("SHA-256 +[0-9a-f]{64}\n");
        assertThat(restored("wiki")).hasContent("all pages");
        assertThat(setup.restores(WIKI)).containsExactly("SUCCEEDED");
    }

    @Test
    void a_machine_elsewhere_gets_it_where_it_is_named() {
        InProcess answer = setup.restore("--server=" + WIKI, "--to=" + NEW_WIKI, "--yes");

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(restored("new-wiki")).hasContent("all pages");
        assertThat(restored("wiki")).doesNotExist();
        assertThat(setup.restores(NEW_WIKI)).containsExactly("SUCCEEDED");
    }

    @Test
    void a_command_whose_answer_is_lost_is_found_and_sent_once() {
        int before = sent();
        setup.cloud.aws().faults().next(1, SEND, new Fault.LoseAnswer());

        InProcess answer = setup.restore("--server=" + WIKI, "--yes");

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(sent()).isEqualTo(before + 1);
        assertThat(setup.restores(WIKI)).containsExactly("SUCCEEDED");
    }

    @Test
    void a_dry_run_of_retention_goes_by_the_audit_and_finds_the_servers_in_the_runs() {
        assertThat(setup.ask("deleted", "--dry-run", "--rules=last 1").out())
                .containsPattern(WIKI + " +" + WIKI + "-[0-9]{17} .* stays +last 1, newest success\n");
    }

    @Test
    void an_artefact_is_on_record_as_deleted_once_it_is_gone() {
        Path artefacts = setup.cloud.commands().root("artefacts");
        String[] first = artefacts.toFile().list();

        setup.backUpInstances("second", WIKI);
        assertThat(artefacts.toFile().list()).hasSize(1).doesNotContain(first);
        assertThat(setup.ask("deleted").out()).startsWith("There is no backup deleted");
        setup.backUpInstances("third", WIKI);

        assertThat(setup.ask("deleted").out()).containsOnlyOnce(first[0].replace(".tar", "") + " ");
    }

    @Test
    void a_document_that_is_named_is_sent() {
        InProcess answer = setup.restore("--server=" + WIKI, "--document=restore-mine:1", "--yes");

        assertThat(answer.out()).contains("InvalidDocument");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(restored("wiki")).doesNotExist();
        assertThat(setup.restores(WIKI)).containsExactly("FAILED");
    }
}
