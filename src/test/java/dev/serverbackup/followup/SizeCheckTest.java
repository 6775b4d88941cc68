package dev.serverbackup.followup;

import static dev.serverbackup.Samples.ALPHA;
import static dev.serverbackup.Samples.NIGHTLY;
import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SizeCheckTest {
    private static Backup backup(String id, long size) {
        return Backup.of(Map.of(Backup.ID, id, "Size", BigDecimal.valueOf(size)));
    }

    /** With these sizes before it, the oldest first. */
    private static List<String> warnings(long size, long... sizes) {
        return warnings(BackupBackend.OPSWORKS_CM, backup("alpha-new", size), sizes);
    }

    private static List<String> warnings(BackupBackend before, Backup backup, long... sizes) {
        List<PastBackup> past = IntStream.range(0, sizes.length)
                .mapToObj(i -> new PastBackup(
                        NIGHTLY,
                        ALPHA.name(),
                        before,
                        backup("alpha-" + i, sizes[i]),
                        TWO_O_CLOCK.plusSeconds(i),
                        false,
                        Optional.empty()))
                .toList();
        var repository =
                new ForwardingFollowUpRepository(new InMemoryFollowUpRepository(new InMemoryAuditRepository())) {
                    @Override
                    public List<PastBackup> undeleted(ServerName server) {
                        return past;
                    }
                };
        return new SizeCheck(repository, BackupBackend.OPSWORKS_CM)
                .of(ALPHA.name(), backup)
                .warnings();
    }

    @Test
    void a_backup_of_less_than_half_the_usual_size_is_reported_with_both_sizes() {
        assertThat(warnings(2_499, 4_000, 5_000, 6_000))
                .containsExactly("The backup has 2,499 bytes, less than half of the usual 5,000 (median of the last 3):"
                        + " check that the data to be backed up was there.");
    }

    static Stream<Arguments> unremarkable() {
        return Stream.of(
                arguments("half the usual", 2_500L, new long[] {4_000, 5_000, 6_000}),
                arguments("the usual", 5_000L, new long[] {4_000, 5_000, 6_000}),
                arguments("more", 50_000L, new long[] {4_000, 5_000, 6_000}),
                arguments("of two nothing is usual", 1L, new long[] {5_000, 5_000}),
                arguments("only the last seven are usual", 400L, new long[] {
                    9_000, 9_000, 9_000, 9_000, 500, 500, 500, 500, 500, 500, 500
                }),
                arguments("one outlier makes nothing usual", 3_000L, new long[] {5_000, 90_000, 5_000}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unremarkable")
    void nothing_else_is_reported(String why, long size, long... sizes) {
        assertThat(warnings(size, sizes)).as(why).isEmpty();
    }

    @Test
    void what_another_backend_made_does_not_count() {
        assertThat(warnings(BackupBackend.SYSTEMS_MANAGER, backup("alpha-new", 1), 5_000, 5_000, 5_000))
                .isEmpty();
    }

    @Test
    void where_the_service_tells_no_size_nothing_is_compared() {
        Backup unsized = Backup.of(Map.of(Backup.ID, "alpha-new"));

        assertThat(warnings(BackupBackend.OPSWORKS_CM, unsized, 5_000, 5_000, 5_000))
                .isEmpty();
    }
}
