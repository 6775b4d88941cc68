package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.EmulatorState;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

/** A backup from the request to the audit: the program asks, the application in the local cloud acts. */
class LocalCloudLifeIT {
    private static final int ENDED_BY_SIGINT = 128 + 2;

    @TempDir
    private Path folder;

    private final int port = PortPair.free();

    /** In which nothing begins by itself. */
    private Program cloud() throws IOException {
        Path fleet = Files.writeString(folder.resolve("fleet.json"), """
            {"windows": false, "backupDuration": "PT10S",
             "servers": [{"name": "alpha"}, {"name": "bravo"}, {"name": "charlie"}]}
            """);
        Program cloud = Program.start(
                folder, "cloud", "--port=" + port, "--speed=60", "--schedule=off", "--fleet=" + fleet, state());
        cloud.printedUntil("sam local invoke");
        return cloud;
    }

    private String state() {
        return "--state=" + folder.resolve("state");
    }

    private InProcess ask(String... arguments) {
        return InProcess.run(
                Instant.now().toString(),
                Stream.concat(Stream.of(arguments), Stream.of("--local-port=" + port))
                        .toArray(String[]::new));
    }

    @Test
    void what_is_asked_for_is_backed_up_and_shown_and_after_a_restart_it_is_the_same_run() throws Exception {
        InProcess first;
        try (Program cloud = cloud()) {
            first = ask("ask", "--server", "alpha", "--request-id", "release-4711", "--watch");
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(first.out()).containsPattern("alpha +SUCCEEDED +1 ");
            assertThat(ask("night").out()).containsPattern("runs +1: 1 SUCCEEDED");
            cloud.process().destroy();
            cloud.exitCode();
        }
        try (Program cloud = cloud();
                OpsWorksCmClient servers = Clients.opsWorksCm(URI.create("http://127.0.0.1:" + port))) {
            InProcess second = ask("ask", "--server", "alpha", "--request-id", "release-4711", "--watch");
            assertThat(second.out()).isEqualTo(first.out());
            assertThat(servers.describeBackups().backups())
                    .filteredOn(backup -> backup.description().contains("release-4711"))
                    .hasSize(1);
            assertThat(ask("quota").out()).containsPattern("made in the last 7 days +1\n");
            assertThat(ask("ask", "--server", "alpha", "--request-id", "release-4711")
                            .out())
                    .contains(", and no second run is started.\n");
            assertAnotherRequestUnderItsIdIsRefused();
            assertAnotherCloudMayNotUseItsFolder();
            applyDoesJustWhatThePlanShowedOrNothing();
            assertRunWithoutTargetsIsWrong();
            assertThat(cloud.process().isAlive()).isTrue();
        }
    }

    private void assertRunWithoutTargetsIsWrong() {
        InProcess mistyped = ask("ask", "--tag", "Bckup", "--watch");

        assertThat(mistyped.out())
                .containsPattern("status +NO_TARGETS\n")
                .endsWith("The run had no targets, so no server was backed up: server-backup explain NO_TARGETS.\n");
        assertThat(mistyped.code()).isEqualTo(1);
    }

    private void assertAnotherRequestUnderItsIdIsRefused() {
        InProcess other = ask("ask", "--server", "bravo", "--request-id", "release-4711");

        assertThat(other.out())
                .endsWith(
                        "Run release-4711 exists for another request. Nothing was sent: give another --request-id.\n");
        assertThat(other.code()).isEqualTo(1);
    }

    private void assertAnotherCloudMayNotUseItsFolder() {
        assertThat(InProcess.run(Instant.now().toString(), "cloud", state(), "--port=0"))
                .isEqualTo(new InProcess(
                        2,
                        "",
                        "The local cloud did not start: another local cloud uses the folder %s; stop that one, or give"
                                        .formatted(folder.resolve("state"))
                                + " another --state\n"));
    }

    private void applyDoesJustWhatThePlanShowedOrNothing() throws IOException {
        Path plan = folder.resolve("night.plan");
        assertThat(ask("plan", "--server", "bravo", "--out", plan.toString()).out())
                .containsPattern("plan +[0-9a-f]{64}\n")
                .containsPattern("SERVER +NAME\n +bravo");

        assertProgressOnOneLineThatFits(InProcess.run(
                Instant.now().toString(),
                50,
                "apply",
                plan.toString(),
                "--request-id=release-4712",
                "--watch",
                "--local-port=" + port));
        assertThat(ask("server", "bravo").out()).contains("  SUCCEEDED  ");

        Files.writeString(plan, Files.readString(plan).replace("bravo", "charlie"));
        InProcess changed = ask("apply", plan.toString());
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out())
                .endsWith("The selector finds other servers than those of the plan. Nothing was sent: make a new"
                        + " plan.\n");
        assertThat(new ObjectMapper().readTree(ask("runs", "--json").out()).path("rows"))
                .hasSize(2);
    }

    private static void assertProgressOnOneLineThatFits(InProcess onATerminal) {
        assertThat(onATerminal.code()).as(onATerminal.err()).isZero();
        String[] lines = onATerminal.err().split("\n", -1);
        assertThat(lines).hasSize(3).startsWith("run release-4712").endsWith("");
        assertThat(lines[1].split("\r", -1))
                .startsWith("")
                .allMatch(shown -> shown.replace("\u001B[K", "").length() < 50);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ctrl_c_ends_the_waiting_and_not_the_run() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (LocalCloud cloud = LocalCloud.start(
                        Fleet.of(FleetServer.named("alpha")),
                        EmulatorState.in(Clock.systemUTC()),
                        new InetSocketAddress(here, port),
                        new InetSocketAddress(here, port + 1));
                Program asking =
                        Program.startForeground(folder, "ask", "--server=alpha", "--watch", "--local-port=" + port)) {
            asking.printedUntil("waiting for the run to begin");
            asking.interrupt();

            assertThat(asking.printed()).matches("Stopped waiting; run cli-[0-9a-f-]{36} continues\\.\n");
            assertThat(asking.exitCode()).isEqualTo(ENDED_BY_SIGINT);
            assertThat(cloud.bus().events()).hasSize(1);
        }
    }
}
