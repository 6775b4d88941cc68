package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job where people run their servers themselves: a process as {@code mvn -Dbackend=systems-manager} starts it.
 */
class LocalInstancesRunIT {
    @TempDir
    private Path folder;

    private Program run(String backend) throws Exception {
        return Program.start(
                folder,
                LocalRun.class,
                "--event=events/scheduled.json",
                "--json=false",
                "--fleet=src/local/resources/fleet.json",
                "--backend=" + backend);
    }

    @Test
    void what_lies_on_disk_is_what_the_audit_table_says() throws Exception {
        try (Program program = run("systems-manager")) {
            String printed = program.printed();

            assertThat(printed.lines().filter(line -> line.endsWith("  the same")))
                    .hasSize(4);
            assertThat(printed).doesNotContain("ANOTHER").contains("new backups made: 0");
            assertThat(printed).contains("InvalidStateException", "ResourceNotFoundException", "ValidationException");
            assertThat(program.exitCode()).isZero();
            assertThat(program.complaints()).isEmpty();
        }
    }

    @Test
    void a_backend_that_there_is_not_is_named_with_those_that_there_are() throws Exception {
        try (Program program = run("aws-backup")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints()).contains("opsworks-cm or systems-manager", "aws-backup");
        }
    }
}
