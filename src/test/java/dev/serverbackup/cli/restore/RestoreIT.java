package dev.serverbackup.cli.restore;

import static dev.serverbackup.cli.restore.RestoreSetup.NOW;
import static dev.serverbackup.cli.restore.RestoreSetup.s;
import static dev.serverbackup.cli.restore.RestoreSetup.verification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.cli.InProcess;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A restore as a person asks for it, with OpsWorks CM. */
class RestoreIT {
    private static final CallPattern RESTORE = CallPattern.of("RestoreServer");
    private static final Instant MONDAY = Instant.parse("2026-03-02T02:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T02:00:00Z");
    private static final String USER = System.getProperty("user.name");

    private RestoreSetup setup;
    private String monday;
    private String tuesday;

    @BeforeEach
    void start() {
        setup = new RestoreSetup();
        monday = setup.backedUp("alpha", "monday", MONDAY);
        tuesday = setup.backedUp("alpha", "tuesday", TUESDAY);
    }

    @AfterEach
    void stop() {
        setup.close();
    }

    private List<String> sent() {
        return setup.cloud.aws().calls().matching(RESTORE).stream()
                .map(Call::input)
                .map(input -> input.path("BackupId").textValue())
                .toList();
    }

    private static void assertRefused(InProcess answer, String why) {
        assertThat(answer.out()).isEqualTo(why);
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void the_newest_good_backup_is_restored_once_the_servers_name_is_typed() {
        InProcess answer = setup.restoreTyping("alpha", "--server=alpha");

        assertThat(answer.err()).startsWith("""
              restore server  alpha
              from backup     %s
              of server       alpha
              finished        2026-03-03T02:01:00.000Z, 1d 00h ago
              in run          tuesday
              verified        never

            The present data of server alpha will be replaced.
            WARNING: this backup was never verified.
            """.formatted(tuesday));
        assertThat(answer.out()).isEqualTo("""
              restore of server  alpha
              status             SUCCEEDED
              backup             %s
              requested          2026-03-04T03:00:00.000Z by %s
              started            2026-03-04T03:00:00.000Z
              ended              2026-03-04T03:01:00.000Z
              restored           the server is HEALTHY
            """.formatted(tuesday, USER));
        assertThat(answer.code()).isZero();
        assertThat(sent()).containsExactly(tuesday);
        assertThat(setup.restores("alpha")).containsExactly("SUCCEEDED");
    }

    @Test
    void without_the_servers_name_or_yes_nothing_is_sent_or_written() {
        assertRefused(
                setup.restoreTyping("bravo", "--server=alpha"),
                "Nothing was restored: the server's name was not typed.\n");
        InProcess withoutATerminal = setup.restore("--server=alpha");
        assertThat(withoutATerminal.err())
                .endsWith("there is no terminal to type the server's name; --yes restores without asking\n");
        assertThat(withoutATerminal.code()).isEqualTo(2);
        InProcess dryRun = setup.restore("--server=alpha", "--dry-run");
        assertThat(dryRun.out()).contains("from backup     " + tuesday);
        assertThat(dryRun.code()).isZero();

        assertThat(sent()).isEmpty();
        assertThat(setup.restores("alpha")).isEmpty();
    }

    @Test
    void the_backup_that_is_named_or_the_newest_that_was_finished_before_a_time_is_restored() {
        assertThat(setup.restore("--server=alpha", "--backup=" + monday, "--yes")
                        .code())
                .isZero();
        assertThat(setup.restore("--server=alpha", "--before=2026-03-03T02:01:00Z", "--yes")
                        .code())
                .isZero();
        assertThat(sent()).containsExactly(monday, monday);
    }

    @Test
    void a_backup_whose_verification_failed_is_not_chosen_and_one_that_passed_is_not_warned_of() {
        setup.mark("alpha", "tuesday", "verification", verification("FAILED"));
        assertThat(setup.restore("--server=alpha", "--yes").code()).isZero();
        assertThat(sent()).containsExactly(monday);

        setup.mark("alpha", "tuesday", "verification", verification("PASSED"));
        assertThat(setup.restore("--server=alpha", "--dry-run").out()).endsWith("""
              verified        2026-03-03T05:00:00.000Z PASSED

            The present data of server alpha will be replaced.
            """);
    }

    @Test
    void what_can_not_be_restored_is_refused_with_advice() {
        setup.mark("alpha", "monday", "deletedAt", s("2026-03-03T02:10:00.000Z"));

        assertRefused(setup.restore("--server=alpha", "--backup=" + monday, "--yes"), """
            It does not exist any more: backup %s (deleted 2026-03-03T02:10:00.000Z).
            server-backup server alpha shows which exist.
            """.formatted(monday));
        assertRefused(setup.restore("--server=bravo", "--backup=" + tuesday, "--yes"), """
            The audit has no backup %s of server bravo.
            --server names the backup's own server; --to names another server to restore to.
            """.formatted(tuesday));
        assertRefused(setup.restore("--server=alpha", "--before=2026-03-02", "--yes"), """
            Server alpha has no good backup that still exists and was finished before 2026-03-02T00:00:00Z.
            server-backup server alpha shows its history.
            """);
        assertRefused(setup.restore("--server=alpha", "--to=bravo", "--yes"), """
            OpsWorks CM restores a server in place only, not to server bravo.
            Leave out --to.
            """);
        assertThat(sent()).isEmpty();
    }

    @Test
    void while_a_backup_is_under_way_nothing_is_restored() {
        setup.pending("alpha", "release-4711", NOW);

        assertRefused(setup.restore("--server=alpha", "--yes"), """
            A backup of server alpha is under way: its entry in run release-4711 is PENDING.
            Restore once it is final: server-backup run release-4711 shows it.
            """);
        assertThat(setup.restores("alpha")).isEmpty();
    }

    @Test
    void a_restore_that_has_not_ended_is_followed_and_no_second_one_is_sent() {
        setup.requested(requested(tuesday).running("alpha", NOW));

        assertRefused(setup.restore("--server=alpha", "--yes"), """
            A restore of server alpha has not ended: RUNNING, requested at 2026-03-04T03:00:00.000Z by ann.
            server-backup restore --server alpha --follow shows its progress, and sends nothing.
            """);
        assertThat(setup.restore("--server=alpha", "--follow").out()).startsWith("""
              restore of server  alpha
              status             SUCCEEDED
            """);
        assertThat(sent()).isEmpty();
        assertThat(setup.restores("alpha")).containsExactly("SUCCEEDED");
    }

    @Test
    void after_a_program_that_was_killed_before_its_call_the_restore_is_looked_up_first_and_then_sent() {
        setup.requested(requested(tuesday));
        setup.clock.move(Duration.ofMinutes(10));

        InProcess answer = setup.restore("--server=alpha", "--yes");

        assertThat(answer.err()).startsWith("""
            Server alpha has an open restore: REQUESTED, requested at 2026-03-04T03:00:00.000Z by ann. \
            It is looked up before anything is sent.
            It is UNKNOWN now.
            """);
        assertThat(answer.code()).isZero();
        assertThat(sent()).containsExactly(tuesday);
        assertThat(setup.restores("alpha")).containsExactly("UNKNOWN", "SUCCEEDED");
    }

    static final List<Arguments> FAULTS = List.of(
            arguments(new Fault.LoseAnswer(), "SUCCEEDED", 0, "restored           the server is HEALTHY\n"),
            arguments(new Fault.LoseRequest(), "UNKNOWN", 1, """

                The server may have been restored. Look at its events (DescribeEvents of OpsWorks CM) before you restore \
                again.
                """),
            arguments(new Fault.Refuse(new AwsError(AwsErrorType.INVALID_STATE, "Updating.")), "FAILED", 1, """
                error              InvalidStateException: Updating.

                server-backup explain InvalidStateException explains the error.
                """));

    @ParameterizedTest
    @FieldSource("FAULTS")
    void a_restore_whose_call_goes_wrong_is_sent_once_and_known_as_far_as_it_can_be(
            Fault fault, String status, int code, String told) {
        setup.cloud.aws().faults().next(1, RESTORE, fault);

        InProcess answer = setup.restore("--server=alpha", "--yes");

        assertThat(answer.out()).endsWith(told);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(sent()).containsExactly(tuesday);
        assertThat(setup.restores("alpha")).containsExactly(status);
    }

    @Test
    void the_servers_history_shows_its_restores_and_no_entry_more() {
        setup.requested(requested(monday).failed(BackupError.known(ErrorType.INVALID_STATE, "no"), NOW));

        assertThat(setup.ask("server", "alpha").out()).isEqualTo("""
              server            alpha
              last good backup  %2$s
              finished          2026-03-03T02:01:00.000Z, 1d 00h ago

              REQUESTED                 STATUS     ATTEMPTS  FINISHED                  RUN      BACKUP                   VERIFIED  ERROR
              2026-03-03T02:00:00.000Z  SUCCEEDED  1         2026-03-03T02:01:00.000Z  tuesday  %2$s  -         -
              2026-03-02T02:00:00.000Z  SUCCEEDED  1         2026-03-02T02:01:00.000Z  monday   %1$s  -         -

            Restore from backup %1$s, requested at 2026-03-04T03:00:00.000Z by ann: FAILED at \
            2026-03-04T03:00:00.000Z, InvalidStateException: no
            """.formatted(monday, tuesday));
    }

    private static Restore requested(String backup) {
        return RestoreSetup.requested("opsworks-cm", backup, "0");
    }
}
