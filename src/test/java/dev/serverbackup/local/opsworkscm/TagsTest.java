package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.fleet.Listing;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.tagging.ResourceTags;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TagResource, UntagResource, ListTagsForResource, and the tags of new backups. */
class TagsTest {

    private final ServiceUnderTest service = new ServiceUnderTest(
            Fleet.of(FleetServer.named("alpha").tagged("Backup", "nightly").withBackups(1, 0)));
    private final String server =
            service.account.arns().of(service.account.server("alpha").orElseThrow());
    private final String oldBackup =
            service.account.arns().of(service.account.backups().getFirst());

    @Test
    void a_new_backup_has_the_servers_tags_and_the_requests_which_win() {
        service.call(
                "CreateBackup",
                "{'ServerName': 'alpha', 'Tags': [{'Key': 'Backup', 'Value': 'now'}, {'Key': 'Run', 'Value': ''}]}");

        var backup = service.account.arns().of(service.account.backups().getFirst());
        assertThat(tagsOf(backup)).isEqualTo("Backup=now,Run=");
        assertThat(tagsOf(server)).isEqualTo("Backup=nightly");
    }

    @Test
    void tagging_a_server_tags_the_backups_it_has_and_all_else_concerns_one_resource() {
        tag(server, "[{'Key': ' Team ', 'Value': ' a b '}]");
        assertThat(tagsOf(server)).isEqualTo("Backup=nightly,Team=a b");
        assertThat(tagsOf(oldBackup)).isEqualTo("Backup=nightly,Team=a b");

        tag(oldBackup, "[{'Key': 'Keep', 'Value': 'yes'}]");
        service.call("UntagResource", "{'ResourceArn': '%s', 'TagKeys': ['Backup', 'Nothing']}".formatted(server));
        assertThat(tagsOf(server)).isEqualTo("Team=a b");
        assertThat(tagsOf(oldBackup)).isEqualTo("Backup=nightly,Keep=yes,Team=a b");
    }

    @Test
    void a_server_that_once_had_a_tag_stays_listed_by_the_tagging_api() {
        service.call("UntagResource", "{'ResourceArn': '%s', 'TagKeys': ['Backup']}".formatted(server));

        assertThat(new Listing(service.account, Fleet.of()).get()).contains(new ResourceTags(server, Map.of()));
    }

    @Test
    void a_resource_has_at_most_50_tags() {
        tag(server, tags(49));

        var fiftyOne = "{'ResourceArn': '%s', 'Tags': [{'Key': 'more', 'Value': ''}]}".formatted(server);
        assertThat(service.refused(AwsErrorType.VALIDATION, "TagResource", fiftyOne))
                .isEqualTo("Server 'alpha' would have 51 tags; at most 50 are allowed.");
        service.refused(
                AwsErrorType.VALIDATION,
                "CreateBackup",
                "{'ServerName': 'alpha', 'Tags': [{'Key': 'more', 'Value': ''}]}");
        assertThat(service.statusOf("alpha")).isEqualTo("HEALTHY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'Key': 'aws:x', 'Value': ''}]",
                "[{'Key': 'a', 'Value': ''}, {'Key': ' a', 'Value': ''}]",
                "[{'Key': 'a'}]",
                "[{'Value': 'a'}]",
                "[{'Key': 'a;b', 'Value': ''}]",
                "[{'Key': 'a', 'Value': '<'}]",
                "null"
            })
    void tags_that_break_a_rule_are_a_validation_error(String tags) {
        service.refused(
                AwsErrorType.VALIDATION, "TagResource", "{'ResourceArn': '%s', 'Tags': %s}".formatted(server, tags));
    }

    private void tag(String arn, String tags) {
        service.call("TagResource", "{'ResourceArn': '%s', 'Tags': %s}".formatted(arn, tags));
    }

    private String tagsOf(String arn) {
        var tags = service.call("ListTagsForResource", "{'ResourceArn': '" + arn + "'}")
                .get("Tags");
        return StreamSupport.stream(tags.spliterator(), false)
                .map(tag -> tag.get("Key").textValue() + "=" + tag.get("Value").textValue())
                .collect(Collectors.joining(","));
    }

    private static String tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{'Key': 'key" + n + "', 'Value': ''}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
