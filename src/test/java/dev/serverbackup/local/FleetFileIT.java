package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.fleet.FleetFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.BackupStatus;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** What the fleet file that comes with the project promises. */
class FleetFileIT {

    private static final Path FLEET_FILE = Path.of("src/local/resources/fleet.json");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));
    private LocalAws aws;
    private OpsWorksCmClient opsWorksCm;

    @BeforeEach
    void start() {
        aws = LocalAws.started(FleetFile.read(FLEET_FILE), clock);
        aws.throttle().off();
        opsWorksCm = Clients.opsWorksCm(aws.endpoint());
    }

    @AfterEach
    void stop() {
        opsWorksCm.close();
        aws.close();
    }

    @Test
    void a_backup_of_everything_tagged_meets_each_answer_on_the_same_servers_in_any_order() throws Exception {
        assertThat(backUpAllAtOnce(everyServerTagged("Backup")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("chef-automate-prod-1", "IN_PROGRESS"),
                        Map.entry("chef-automate-prod-2", "IN_PROGRESS"),
                        Map.entry("puppet-master-eu", "IN_PROGRESS"),
                        Map.entry("puppet-master-us", "IN_PROGRESS"),
                        Map.entry("chef-automate-staging", "IN_PROGRESS"),
                        Map.entry("puppet-master-staging", "IN_PROGRESS"),
                        Map.entry("chef-automate-held", "IN_PROGRESS"),
                        Map.entry("chef-automate-nightly", "InvalidStateException"),
                        Map.entry("puppet-master-patched", "InvalidStateException"),
                        Map.entry("chef-automate-broken", "InvalidStateException"),
                        Map.entry("chef-automate-archive", "LimitExceededException"),
                        Map.entry("puppet-master-retired", "ResourceNotFoundException"),
                        Map.entry("chef-automate-legacy", "ValidationException"),
                        Map.entry("2nd_server", "ValidationException")));
    }

    @Test
    void one_of_the_backups_fails_later() {
        var id = opsWorksCm
                .createBackup(backup -> backup.serverName("puppet-master-staging"))
                .backup()
                .backupId();
        clock.move(Duration.ofSeconds(10));

        var ended =
                opsWorksCm.describeBackups(all -> all.backupId(id)).backups().getFirst();
        assertThat(ended.status()).isEqualTo(BackupStatus.FAILED);
        assertThat(ended.statusDescription()).isEqualTo("The backup could not be stored: no space left on device.");
    }

    @Test
    void the_locked_server_is_free_after_two_minutes() {
        clock.move(Duration.ofMinutes(2));

        opsWorksCm.createBackup(backup -> backup.serverName("chef-automate-nightly"));

        assertThat(aws.backups("chef-automate-nightly")).hasSize(9);
    }

    private List<String> everyServerTagged(String key) {
        try (var tagging = Clients.tagging(aws.endpoint())) {
            return tagging
                    .getResources(all -> all.resourceTypeFilters("opsworks-cm:server")
                            .tagFilters(TagFilter.builder().key(key).build()))
                    .resourceTagMappingList()
                    .stream()
                    .map(ResourceTagMapping::resourceARN)
                    .filter(arn -> arn.contains(":server/"))
                    .map(arn -> arn.split("/", -1)[1])
                    .distinct()
                    .toList();
        }
    }

    private Map<String, String> backUpAllAtOnce(List<String> names) throws Exception {
        var results = new TreeMap<String, Future<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            names.forEach(name -> results.put(name, threads.submit((Callable<String>) () -> backUp(name))));
        }
        var answers = new TreeMap<String, String>();
        for (var result : results.entrySet()) {
            answers.put(result.getKey(), result.getValue().get());
        }
        return answers;
    }

    private String backUp(String name) {
        try {
            return opsWorksCm
                    .createBackup(backup -> backup.serverName(name))
                    .backup()
                    .statusAsString();
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }
}
