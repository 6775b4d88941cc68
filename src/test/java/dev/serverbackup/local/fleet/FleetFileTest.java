package dev.serverbackup.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON is written with single quotes. */
class FleetFileTest {

    @Test
    void an_empty_file_is_an_account_without_servers_and_with_the_apis_limits() {
        var fleet = parse("{}");

        assertThat(fleet.servers()).isEmpty();
        assertThat(fleet.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(fleet.rate()).contains(Rate.DEFAULT);
        assertThat(fleet.durations()).isEqualTo(Durations.DEFAULT);
        assertThat(fleet.keepsWindows()).isTrue();
        assertThat(fleet.arns().accountId()).isEqualTo("123456789012");
    }

    @Test
    void everything_can_be_said() {
        var fleet = parse("""
            {'accountId': '111122223333', 'region': 'eu-west-1',
             'limits': {'servers': 3, 'manualBackups': 4, 'automatedBackups': 5, 'requestsPerSecond': 0, 'burst': 9},
             'creationDuration': 'PT1S', 'backupDuration': 'PT2S', 'deletionDuration': 'PT3S',
             'maintenanceDuration': 'PT5S', 'restorationDuration': 'PT6S', 'modificationDuration': 'PT7S',
             'associationDuration': 'PT8S', 'windows': false,
             'resources': [{'arn': 'arn:aws:s3:::b', 'tags': {'a': 'b'}}]}\
            """);

        assertThat(fleet.arns().region()).isEqualTo("eu-west-1");
        assertThat(fleet.limits()).isEqualTo(new Limits(3, 4, 5));
        assertThat(fleet.rate()).as("0 a second is no throttle").isEmpty();
        assertThat(fleet.durations())
                .isEqualTo(new Durations(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8)));
        assertThat(fleet.keepsWindows()).isFalse();
        assertThat(fleet.resources().getFirst().tags()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void a_server_has_all_it_may_have() {
        var server = parse("""
            {'servers': [{'name': 'alpha', 'engine': 'Puppet', 'engineVersion': '2017', 'tags': {'Backup': 'nightly'},
              'status': 'UNDER_MAINTENANCE', 'statusLasts': 'PT1M', 'statusReason': 'because',
              'automatedBackups': 2, 'manualBackups': 1,
              'backupFailure': 'no space', 'backupDuration': 'PT9S',
              'answers': [{'type': 'ThrottlingException', 'message': 'slow down', 'times': 2}],
              'gone': true, 'listed': 2}]}\
            """).servers().getFirst();

        assertThat(server.tags()).contains(Map.of("Backup", "nightly"));
        assertThat(server.state())
                .isEqualTo(new FleetServer.State(
                        ServerStatus.UNDER_MAINTENANCE, Optional.of(Duration.ofMinutes(1)), Optional.of("because")));
        assertThat(server.existing()).isEqualTo(new FleetServer.Existing(2, 1));
        assertThat(server.plan().failure()).contains("no space");
        assertThat(server.plan().duration()).contains(Duration.ofSeconds(9));
        assertThat(server.plan().answers())
                .hasSize(2)
                .allMatch(answer -> answer.type() == AwsErrorType.THROTTLING
                        && answer.getMessage().equals("slow down"));
        assertThat(server.presence()).isEqualTo(new FleetServer.Presence(true, 2));
        assertThat(parse("{'servers': [{'name': 'never-tagged'}]}")
                        .servers()
                        .getFirst()
                        .tags())
                .isEmpty();
    }

    @Test
    void calls_can_go_wrong_from_the_start() {
        var faults = parse("""
            {'faults': [
              {'operation': 'CreateBackup', 'serverName': 'alpha', 'fault': 'ANSWER_LOST', 'next': 1},
              {'fault': 'THROTTLED', 'percent': 20}]}\
            """).faults();

        assertThat(faults.getFirst())
                .isEqualTo(new FleetFault(
                        CallPattern.of("CreateBackup").to("alpha"),
                        new Fault.LoseAnswer(),
                        OptionalInt.of(1),
                        OptionalInt.empty()));
        assertThat(faults.getLast().calls()).isEqualTo(CallPattern.any());
        assertThat(faults.getLast().percent()).hasValue(20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'server': []}                                             | server: is not a property here; did you mean servers?
        {'servers': {}}                                            | servers: must be a list, but is {}
        {'servers': [{'name': 'a'}, {}]}                           | servers[1].name: is missing
        {'servers': [{'name': '1'}]}                               | servers[0]: A server's name is a letter
        {'servers': [{'name': 'a'}, {'name': 'a'}]}                | There are two servers called 'a'
        {'servers': [{'name': 'a', 'status': 'HELTHY'}]}           | servers[0].status: must be one of [BACKING_UP
        {'servers': [{'name': 'a', 'answers': [{'type': 'ValidationException'}]}]} | servers[0].answers[0].message: is missing
        {'servers': [{'name': 'a', 'manualBackups': 51}]}          | The servers have 51 manual backups, but the limit is 50
        {'limits': {'burst': 0}}                                   | limits: A rate is at least 1 request
        {'limits': {'servers': 99999999999}}                       | limits.servers: can't be 99999999999
        {'backupDuration': '-PT1S'}                                | backupDuration: must be a duration of 0 or more, like PT90S or PT10M, but is "-PT1S"
        {'accountId': '1'}                                         | An account id is 12 digits
        {'instances': [{'id': 'mi-01234567'}]}                     | instances[0]: id is i- and 8 or 17 hexadecimal digits, or mi- and 17
        {'instances': [{'id': 'i-01234567', 'standing': 'DEAD'}]}  | instances[0].standing: must be one of [ONLINE
        {'faults': [{'fault': 'SLOW'}]}                            | faults[0]: A fault that is SLOW needs the property delay
        {'faults': [{'fault': 'REFUSED', 'type': 'Broken'}]}       | faults[0].type: must be one of [AccessDenied
        {'faults': [{'fault': 'THROTTLED', 'percent': 101}]}       | faults[0]: next is at least 1, percent is 1 to 100
        {'servers': [                                              | line 1, column 14: this is not valid JSON
        {'region': 'a', 'region': 'b'}                             | line 1, column 25: the same property is there twice
        {} {}                                                      | line 1, column 4: this is not valid JSON
        {'faults': [{'operation': 'CreateBackup', 'fualt': 'SLOW'}]} | faults[0].fault: is missing; is fualt misspelt?
        {'servers': [{'name': 'a', 'gone': 'yes'}]}                | servers[0].gone: must be true or false, but is "yes"
        5                                                          | must be an object, but is 5
        """)
    void a_mistake_is_reported_with_its_place_and_what_is_allowed(String json, String message) {
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> parse(json))
                .withMessageContaining(message);
    }

    private static Fleet parse(String json) {
        return FleetFile.parse(json.replace('\'', '"'));
    }
}
