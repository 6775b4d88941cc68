package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.Target;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What stands in the table, by its names: docs/audit-table.md says the same. */
class ItemsTest {
    private static String text(Map<String, AttributeValue> item, String name) {
        return item.get(name).s();
    }

    @Test
    void an_entry_stands_under_its_run_and_server() {
        Map<String, AttributeValue> item = EntryItem.of(claimed(ALPHA));

        assertThat(text(item, "runId")).isEqualTo("nightly");
        assertThat(text(item, "entry")).isEqualTo("server#alpha");
        assertThat(text(item, "serverName")).isEqualTo("alpha");
        assertThat(text(item, "status")).isEqualTo("CALLING");
        assertThat(text(item, "attemptId")).isEqualTo("attempt-1");
        assertThat(item.get("attempts").n()).isEqualTo("1");
        assertThat(text(item, "open")).isEqualTo("open");
        assertThat(item).doesNotContainKeys("dayKey", "backup", "error", "finishedAt", "expiresAt");
    }

    @Test
    void instants_are_texts_of_one_length_so_that_they_sort() {
        Entry entry = Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, ALPHA, Instant.parse("2026-03-01T02:00:00Z"))
                .claimed(FIRST, Instant.parse("2026-03-01T02:02:00.07Z"));

        assertThat(text(EntryItem.of(entry), "requestedAt")).isEqualTo("2026-03-01T02:00:00.000Z");
        assertThat(text(EntryItem.of(entry), "leaseUntil")).isEqualTo("2026-03-01T02:02:00.070Z");
    }

    @Test
    void a_failed_entry_stays_open_until_its_notification_is_sent_and_is_found_by_its_day() {
        Map<String, AttributeValue> item = EntryItem.of(pending(ALPHA).failed(BUSY, TWO_O_CLOCK));

        assertThat(text(item, "dayKey")).isEqualTo("failures#2026-03-01");
        assertThat(text(item, "open")).isEqualTo("open");
        assertThat(item.get("error").m().get("type").s()).isEqualTo("InvalidStateException");
    }

    @Test
    void a_run_stands_beside_its_entries_and_is_found_by_its_day() {
        Map<String, AttributeValue> item = RunItem.of(run(ALPHA).standing(RunStatus.RUNNING, Map.of()));

        assertThat(text(item, "runId")).isEqualTo("nightly");
        assertThat(text(item, "entry")).isEqualTo("run");
        assertThat(text(item, "dayKey")).isEqualTo("runs#2026-03-01");
        assertThat(text(item, "open")).isEqualTo("open");
    }

    @Test
    void what_all_arns_begin_with_is_kept_once() {
        Map<String, AttributeValue> attributes =
                TargetsAttribute.of(run(ALPHA, BRAVO).targets());

        assertThat(text(attributes, "arnForm")).isEqualTo("arn:aws:opsworks-cm:eu-west-1:123456789012:server/{name}");
        assertThat(attributes.get("targets").m().get("bravo").s()).isEqualTo("/8epp7f6z");
    }

    /** Else a run over few instances of EC2 and thousands of other servers would not fit one item. */
    @Test
    void what_most_arns_begin_with_is_kept_once_and_the_others_whole() {
        String ec2 = "arn:aws:ec2:eu-west-1:123456789012:instance/%s";
        String elsewhere = "arn:aws:ssm:eu-west-1:123456789012:managed-instance/%s";

        Map<String, AttributeValue> attributes = TargetsAttribute.of(
                List.of(target("i-01234567", ec2), target("mi-1", elsewhere), target("mi-2", elsewhere)));

        assertThat(text(attributes, "arnForm")).isEqualTo("arn:aws:ssm:eu-west-1:123456789012:managed-instance/{name}");
        assertThat(attributes.get("targets").m())
                .containsEntry(
                        "i-01234567", AttributeValue.fromS("arn:aws:ec2:eu-west-1:123456789012:instance/i-01234567"))
                .containsEntry("mi-1", AttributeValue.fromS(""))
                .containsEntry("mi-2", AttributeValue.fromS(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:opsworks-cm:eu-west-1:123456789012:server/%s/8epp7f6z",
                "arn:aws-cn:ec2:cn-north-1:123456789012:%s/%s/%s",
                "arn:aws:x:::{name}/%s",
                "arn:x/%sarn:y"
            })
    void whatever_an_arn_looks_like_it_comes_back(String form) {
        List<Target> targets = List.of(target("alpha", form), target("alpha-1", form), target("server", form));

        assertThat(TargetsAttribute.read(TargetsAttribute.of(targets))).isEqualTo(targets);
    }

    @Test
    void arns_of_all_forms_together_come_back() {
        Random random = new Random(4711);
        for (int round = 0; round < 2_000; round++) {
            List<Target> targets = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                targets.add(new Target(new ServerName("n" + i), arn(random, "n" + random.nextInt(5))));
            }

            assertThat(TargetsAttribute.read(TargetsAttribute.of(targets))).isEqualTo(targets);
        }
    }

    private static Target target(String name, String form) {
        return new Target(new ServerName(name), Optional.of(form.replace("%s", name)));
    }

    private static Optional<String> arn(Random random, String name) {
        String[] parts = {"arn:", "aws", "/", name, "{name}", "/" + name, ":", "x"};
        StringBuilder arn = new StringBuilder("arn:");
        random.ints(random.nextInt(7), 0, parts.length).forEach(part -> arn.append(parts[part]));
        return random.nextInt(5) == 0 ? Optional.empty() : Optional.of(arn.toString());
    }
}
