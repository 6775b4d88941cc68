package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample events that the documents show and the local run sends, one for each way to ask. */
class SampleEventsTest {
    private static final Path EVENTS = Path.of("events");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        scheduled | server-backup-schedule@2026-11-22T02:00:00Z | aws.events            | {}
        on-demand | release-4711                                | acme.release-pipeline | {"description":"before release 4711",\
        "maxTargets":50,"selector":{"tags":{"Backup":["hourly","nightly"],"Environment":["prod"]}}}
        scheduler | hourly-prod-2026-11-22T14:00:00Z            | aws.scheduler         | {"description":"hourly backup of \
        production","selector":{"tags":{"Backup":["hourly"],"Environment":["prod"]}}}
        direct    | before-upgrade-2026-11-22                   | direct                | {"description":"before the upgrade \
        of staging","selector":{"tags":{"Environment":["staging"]}}}
        by-name   | incident-812                                | direct                | {"description":"before the repair of \
        incident 812","selector":{"serverNames":["chef-automate-prod-1","puppet-master-eu"]}}
        dry-run   | dry-run@11d9ba3c-6e1a-4e0a-9a4c-5e2c1f7c9a01 | direct               | {"dryRun":true,"selector":{"tags":\
        {"Backup":[]}}}
        """)
    void each_sample_is_a_request(String sample, String run, String by, String asked) throws IOException {
        BackupRequest request = SampleEvents.read(Files.readString(EVENTS.resolve(sample + ".json")));

        assertThat(request.runId()).hasToString(run);
        assertThat(request.requestedBy().source()).isEqualTo(by);
        assertThat(request.canonicalRequest()).isEqualTo(asked);
        assertThat(request.dryRun()).isEqualTo(sample.equals("dry-run"));
        assertThat(request.maxTargets()).isEqualTo(sample.equals("on-demand") ? 50 : DEFAULT_MAX_TARGETS);
    }

    @Test
    void there_are_no_others() throws IOException {
        try (Stream<Path> samples = Files.list(EVENTS)) {
            assertThat(samples).hasSize(6);
        }
    }
}
