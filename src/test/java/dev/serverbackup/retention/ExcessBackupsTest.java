package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExcessBackupsTest {
    private static final Backup MONDAY = manual("monday", 2);
    private static final Backup TUESDAY = manual("tuesday", 3);
    private static final Backup WEDNESDAY = manual("wednesday", 4);

    private static Backup manual(String id, int day) {
        return Backup.of(Map.of(
                Backup.ID,
                id,
                Backup.SERVER,
                "alpha",
                Backup.STATUS,
                "OK",
                Backup.TYPE,
                Backup.MANUAL,
                Backup.CREATED,
                "2026-03-0%dT02:00:00Z".formatted(day)));
    }

    /** What has just succeeded, where it is none of these. */
    private static final PastBackup NOTHING_OF_THIS = past(NIGHTLY, manual("elsewhere", 1));

    private static PastBackup known(Backup backup) {
        return past(new RunId("run-of-" + backup.id()), backup);
    }

    private static PastBackup past(RunId runId, Backup backup) {
        return past(
                runId,
                ALPHA,
                BackupBackend.OPSWORKS_CM,
                backup,
                backup.createdAt().plusSeconds(600));
    }

    private static PastBackup past(
            RunId runId, Server server, BackupBackend backend, Backup backup, Instant finishedAt) {
        return new PastBackup(runId, server.name(), backend, backup, finishedAt, false, Optional.empty());
    }

    private static RetentionPolicy keeping(int last) {
        return InMemoryApplication.policy("last " + last);
    }

    private static List<String> surplus(int keep, List<Backup> listed) {
        return surplus(keep, listed.stream().map(ExcessBackupsTest::known).toList(), listed);
    }

    private static List<String> surplus(int keep, List<PastBackup> past, List<Backup> listed) {
        return ExcessBackups.of(keeping(keep), NOTHING_OF_THIS, past, Optional.of(listed), Optional.empty()).stream()
                .map(PastBackup::backupId)
                .toList();
    }

    @Test
    void what_was_created_before_the_newest_is_surplus_oldest_first_whatever_the_order_of_their_runs() {
        List<Backup> listed = List.of(TUESDAY, WEDNESDAY, MONDAY);

        assertThat(surplus(1, listed)).containsExactly("monday", "tuesday");
        assertThat(surplus(2, listed)).containsExactly("monday");
        assertThat(surplus(3, listed)).isEmpty();
        assertThat(surplus(4, listed)).isEmpty();
        assertThat(surplus(1, List.of(known(MONDAY), known(WEDNESDAY), known(TUESDAY)), listed))
                .containsExactly("monday", "tuesday");
    }

    static Stream<Named<UnaryOperator<Backup>>> others() {
        return Stream.of(
                named("failed", backup -> backup.with(Backup.STATUS, "FAILED")),
                named("being deleted", backup -> backup.with(Backup.STATUS, "DELETING")),
                named("running", backup -> backup.with(Backup.STATUS, "IN_PROGRESS")),
                named("of a status not known", backup -> backup.with(Backup.STATUS, "SOMETHING_NEW")),
                named("automated", backup -> backup.with(Backup.TYPE, "AUTOMATED")),
                named("of another server", backup -> backup.with(Backup.SERVER, "bravo")),
                named("of a creation not told", ExcessBackupsTest::withoutCreation));
    }

    private static Backup withoutCreation(Backup backup) {
        TreeMap<String, Object> members = new TreeMap<>(backup.members());
        members.remove(Backup.CREATED);
        return new Backup(members);
    }

    /** The audit knows it with its creation. */
    @ParameterizedTest
    @MethodSource("others")
    void another_one_is_neither_counted_nor_deleted(UnaryOperator<Backup> other) {
        List<PastBackup> past = List.of(known(MONDAY), known(TUESDAY), known(WEDNESDAY));

        assertThat(surplus(1, past, List.of(MONDAY, TUESDAY, other.apply(WEDNESDAY))))
                .containsExactly("monday");
        assertThat(surplus(1, past, List.of(other.apply(MONDAY), TUESDAY, WEDNESDAY)))
                .containsExactly("tuesday");
    }

    @Test
    void what_another_server_or_another_backend_made_is_neither_counted_nor_deleted() {
        assertThat(List.of(
                        past(NIGHTLY, BRAVO, BackupBackend.OPSWORKS_CM, MONDAY, MONDAY.createdAt()),
                        past(NIGHTLY, ALPHA, BackupBackend.SYSTEMS_MANAGER, MONDAY, MONDAY.createdAt())))
                .allSatisfy(other -> assertThat(
                                surplus(1, List.of(other, known(WEDNESDAY)), List.of(MONDAY, WEDNESDAY)))
                        .isEmpty());
    }

    @Test
    void one_that_the_audit_does_not_know_is_neither_counted_nor_deleted() {
        assertThat(surplus(1, List.of(known(MONDAY)), List.of(MONDAY, TUESDAY, WEDNESDAY)))
                .isEmpty();
        assertThat(surplus(1, List.of(known(WEDNESDAY)), List.of(MONDAY, TUESDAY, WEDNESDAY)))
                .isEmpty();
    }

    @Test
    void of_one_instant_the_id_decides_the_same_for_all() {
        List<Backup> same = Stream.of("a", "b", "c").map(id -> manual(id, 2)).toList();

        assertThat(surplus(1, same)).containsExactly("a", "b");
        assertThat(surplus(1, same.reversed())).containsExactly("a", "b");
    }

    @Test
    void an_intended_one_is_surplus_but_counts_for_none() {
        PastBackup intended = known(TUESDAY).intended(Optional.empty());
        List<PastBackup> past = List.of(known(MONDAY), intended, known(TUESDAY), known(WEDNESDAY));

        assertThat(surplus(1, past, List.of(MONDAY, TUESDAY, WEDNESDAY))).containsExactly("monday", "tuesday");
        assertThat(surplus(2, past, List.of(MONDAY, TUESDAY, WEDNESDAY))).isEmpty();
        assertThat(surplus(2, past.reversed(), List.of(MONDAY, TUESDAY, WEDNESDAY)))
                .isEmpty();
    }

    @Test
    void what_has_just_succeeded_is_not_surplus_however_old_its_creation_makes_it() {
        List<PastBackup> past = List.of(known(TUESDAY), known(WEDNESDAY));

        List<PastBackup> surplus = ExcessBackups.of(
                keeping(1), known(MONDAY), past, Optional.of(List.of(MONDAY, TUESDAY, WEDNESDAY)), Optional.empty());

        assertThat(surplus).extracting(PastBackup::backupId).containsExactly("tuesday");
    }

    @Test
    void what_succeeded_last_is_not_surplus_after_an_earlier_success_either() {
        PastBackup last = past(
                NIGHTLY,
                ALPHA,
                BackupBackend.OPSWORKS_CM,
                MONDAY,
                WEDNESDAY.createdAt().plusSeconds(7_200));

        assertThat(surplus(1, List.of(last, known(TUESDAY), known(WEDNESDAY)), List.of(MONDAY, TUESDAY, WEDNESDAY)))
                .containsExactly("tuesday");
    }

    private static List<String> surplus(int keep, Set<String> passed, Set<String> failed) {
        Verification verification = new Verification(
                ALPHA.name(),
                BackupBackend.OPSWORKS_CM,
                Verification.Status.WAITING,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(passed),
                new TreeSet<>(failed),
                TWO_O_CLOCK,
                TWO_O_CLOCK);
        List<Backup> listed = List.of(MONDAY, TUESDAY, WEDNESDAY);
        return ExcessBackups.of(
                        keeping(keep),
                        known(WEDNESDAY),
                        listed.stream().map(ExcessBackupsTest::known).toList(),
                        Optional.of(listed),
                        Optional.of(verification))
                .stream()
                .map(PastBackup::backupId)
                .toList();
    }

    @Test
    void the_newest_that_was_verified_is_not_surplus() {
        assertThat(surplus(1, Set.of("monday"), Set.of())).containsExactly("tuesday");
        assertThat(surplus(1, Set.of("monday", "tuesday"), Set.of())).containsExactly("monday");
        assertThat(surplus(1, Set.of(), Set.of())).containsExactly("monday", "tuesday");
    }

    @Test
    void one_that_did_not_pass_its_verification_is_neither_counted_nor_deleted() {
        assertThat(surplus(1, Set.of(), Set.of("tuesday"))).containsExactly("monday");
        assertThat(surplus(2, Set.of(), Set.of("tuesday"))).isEmpty();
    }

    @Test
    void where_the_service_lists_nothing_the_audit_decides() {
        List<PastBackup> past = List.of(known(TUESDAY), known(WEDNESDAY), known(MONDAY));

        assertThat(ExcessBackups.of(keeping(2), known(WEDNESDAY), past, Optional.empty(), Optional.empty()))
                .extracting(PastBackup::backupId)
                .containsExactly("monday");
    }
}
