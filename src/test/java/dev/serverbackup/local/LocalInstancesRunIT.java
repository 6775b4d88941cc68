package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job where people run their servers themselves: a process as {@code mvn -Dbackend=systems-manager} starts it.
 */
class LocalInstancesRunIT {
    @TempDir
    private Path folder;

    /** The lines below a heading, up to the next empty line. */
    private static Stream<String> section(String heading, String printed) {
        return printed.lines().dropWhile(line -> !line.equals(heading)).skip(1).takeWhile(line -> !line.isEmpty());
    }

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

            assertThat(section("WHAT LIES ON DISK", printed))
                    .hasSize(1 + 4)
                    .element(0, STRING)
                    .matches("  ARTEFACT +BYTES  SHA-256 ON DISK +IN THE AUDIT TABLE");
            assertThat(section("WHAT LIES ON DISK", printed).skip(1))
                    .allMatch(line ->
                            line.matches("  i-0a1b2c3d4e5f6000[1-4]-20\\d{15}\\.tar  \\d{5}  [0-9a-f]{64}  the same"));
            assertThat(section("REDELIVERY", printed)).contains("  new backups made: 0");
            assertThat(printed.lines())
                    .contains(
                            "  InvalidStateException (i-0a1b2c3d4e5f60007 (lost) and 1 more)",
                            "  ResourceNotFoundException (i-0a1b2c3d4e5f60009 (just-terminated) and 1 more)",
                            "  ValidationException (i-0a1b2c3d4e5f60006 (mistyped))");
            assertThat(program.exitCode()).isZero();
            assertThat(program.complaints()).isEmpty();
        }
    }

    @Test
    void a_backend_that_there_is_not_is_named_with_those_that_there_are() throws Exception {
        try (Program program = run("aws-backup")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.complaints())
                    .isEqualTo("The event could not be run: -Dbackend is opsworks-cm or systems-manager, not"
                            + " \"aws-backup\"\n");
        }
    }
}
