package dev.serverbackup.backup.runcommand;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static dev.serverbackup.backup.runcommand.StubbedAdapter.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupCount;
import dev.serverbackup.backup.BackupEngine;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupResult.Refused;
import dev.serverbackup.backup.BackupResult.Started;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.Marker;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.backup.aws.SendingContract;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemsManagerBackupServiceTest extends SendingContract {
    private static final String SEND = "SendCommand";
    private static final String ARN = "arn:aws:ec2:eu-west-1:123456789012:instance/" + SERVER;

    private Server server = new Server(SERVER, Optional.of(ARN), Map.of("Backup", "nightly"));

    @BeforeEach
    void the_server_is_online() {
        StubbedAdapter.online(http);
    }

    @Override
    protected String operation() {
        return SEND;
    }

    @Override
    protected String member() {
        return "Command";
    }

    @Override
    protected BackupResult create(InstantSource theirs, Duration callTimeout) {
        return create(StubbedAdapter.service(http, theirs, callTimeout, StubbedAdapter.TERMS, (_, _) -> 0));
    }

    private BackupResult create(SystemsManagerBackupService service) {
        service.prepare(List.of(server), () -> true);
        return service.createBackup(server, OURS, SOON);
    }

    private SystemsManagerBackupService service() {
        return StubbedAdapter.service(http, clock);
    }

    private BackupError refusal(BackupResult result) {
        assertThat(result).isInstanceOf(Refused.class);
        BackupError error = ((Refused) result).error();
        assertThat(error.effectUnknown()).isFalse();
        assertThat(http.transmitted(SEND)).isZero();
        return error;
    }

    private void assertRefused(ErrorType type, String message) {
        BackupError error = refusal(create());

        assertThat(error.type()).isEqualTo(type);
        assertThat(error.message()).isEqualTo(message);
    }

    private ListResult look() {
        return service().backupsOf(SERVER, Instant.EPOCH);
    }

    @Test
    void one_command_of_the_pinned_document_is_sent_to_the_one_server() {
        create();

        JsonNode sent = http.last(SEND);
        assertThat(sent.at("/InstanceIds/0").textValue()).isEqualTo(SERVER.value());
        assertThat(sent.path("InstanceIds")).hasSize(1);
        assertThat(sent.path("DocumentName").textValue()).isEqualTo("Backup");
        assertThat(parameter("engine")).isEqualTo("generic");
        assertThat(sent.path("DocumentVersion").textValue()).isEqualTo("7");
        assertThat(sent.path("TimeoutSeconds").intValue()).isEqualTo(600);
        assertThat(parameter("backupId")).isEqualTo(SERVER + "-20260301020000000");
        assertThat(parameter("executionTimeout")).isEqualTo("21600");
        assertThat(parameter("beginBefore"))
                .describedAs("when an agent may no longer begin: the delivery time-out after it was sent")
                .isEqualTo(Long.toString(TWO_O_CLOCK.getEpochSecond() + 600));
        assertThat(sent.path("Targets").isMissingNode()).isTrue();
    }

    @Test
    void a_document_may_be_pinned_by_its_hash() {
        var settings = new RunCommandSettings(
                new Documents(
                        DocumentReference.parse("Backup@" + "ab".repeat(32)),
                        DocumentReference.parse("Delete:1"),
                        Optional.of(BackupEngine.GENERIC)),
                "s3://backups/chef",
                Duration.ofMinutes(10),
                Duration.ofHours(6),
                2,
                Optional.of("/server-backup/commands"));
        create(StubbedAdapter.service(http, clock, PATIENCE, settings, (_, _) -> 0));

        JsonNode sent = http.last(SEND);
        assertThat(sent.path("DocumentHash").textValue()).isEqualTo("ab".repeat(32));
        assertThat(sent.path("DocumentHashType").textValue()).isEqualTo("Sha256");
        assertThat(sent.at("/CloudWatchOutputConfig/CloudWatchLogGroupName").textValue())
                .isEqualTo("/server-backup/commands");
    }

    private void tagged(Map<String, String> tags) {
        server = new Server(SERVER, Optional.of(ARN), tags);
    }

    private String parameter(String name) {
        return http.last(SEND).path("Parameters").path(name).path(0).asText();
    }

    @ParameterizedTest
    @CsvSource({"chef-automate, ''", "'', postgres.sh", "chef-automate, nightly"})
    void a_server_chooses_its_engine_and_its_script_by_its_tags(String engine, String script) {
        Map<String, String> tags = new HashMap<>(Map.of("Backup", "nightly"));
        tags.putAll(engine.isEmpty() ? Map.of() : Map.of("BackupEngine", engine));
        tags.putAll(script.isEmpty() ? Map.of() : Map.of("BackupScript", script));
        tagged(tags);

        create();

        assertThat(parameter("engine")).isEqualTo(engine.isEmpty() ? "generic" : engine);
        assertThat(parameter("script")).isEqualTo(script);
    }

    @Test
    void the_tags_of_a_server_whose_entry_has_none_are_read_by_its_arn() {
        tagged(Map.of());
        http.usually("GetResources", """
            {"ResourceTagMappingList":[{"ResourceARN":"%s",
             "Tags":[{"Key":"BackupEngine","Value":"generic"},{"Key":"BackupScript","Value":"nightly"}]}]}\
            """.formatted(ARN));

        create();

        assertThat(http.last("GetResources").at("/ResourceARNList/0").textValue())
                .isEqualTo(ARN);
        assertThat(parameter("engine")).isEqualTo("generic");
        assertThat(parameter("script")).isEqualTo("nightly");
    }

    @Test
    void without_a_turn_nothing_is_read_and_what_nothing_was_read_of_is_tried_again() {
        SystemsManagerBackupService service = service();
        service.prepare(List.of(server), () -> false);

        assertThat(http.transmitted()).isEmpty();
        assertThat(refusal(service.createBackup(server, OURS, SOON)).type().isRetryable())
                .isTrue();
        assertThat(refusal(service().createBackup(server, OURS, SOON)).type().isRetryable())
                .isTrue();
    }

    @Test
    void a_list_that_may_not_be_read_says_nothing_of_the_server_and_is_tried_again() {
        http.typed("DescribeInstanceInformation", 400, "AccessDeniedException");

        assertRefused(
                ErrorType.NO_ANSWER,
                "the state of the servers could not be read before a command was sent: AccessDeniedException:"
                        + " because");
    }

    @Test
    void a_server_that_a_command_was_just_sent_to_is_backing_up() {
        SystemsManagerBackupService service = service();
        assertThat(create(service)).isInstanceOf(Started.class);

        assertThat(create(service))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.INVALID_STATE));
        assertThat(http.transmitted(SEND)).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../backup",
                ".hidden",
                "-rf",
                "sub/backup",
                "back up",
                "a;id",
                "$(id)",
                "`id`",
                "a'b",
                "{{ssm:secret}}",
                "ünïcode"
            })
    void a_script_whose_name_could_be_more_than_a_name_is_refused(String script) {
        tagged(Map.of("BackupScript", script));

        assertRefused(
                ErrorType.VALIDATION,
                "the tag BackupScript is \"" + script
                        + "\"; allowed is a file's name of up to 64 letters, digits, '.', '_' and '-' that"
                        + " begins with a letter or a digit");
    }

    @Test
    void a_scripts_name_has_at_most_64_characters() {
        tagged(Map.of("BackupScript", "a".repeat(65)));
        assertThat(refusal(create()).type()).isEqualTo(ErrorType.VALIDATION);

        tagged(Map.of("BackupScript", "a".repeat(64)));
        assertThat(create()).isInstanceOf(Started.class);
    }

    @Test
    void an_engine_that_is_not_allowed_is_refused_with_those_that_are() {
        tagged(Map.of("BackupEngine", "AWS-RunShellScript"));

        assertRefused(
                ErrorType.VALIDATION,
                "the tag BackupEngine is \"AWS-RunShellScript\"; allowed is one of"
                        + " [chef-automate, puppet-enterprise, generic]");
    }

    @Test
    void the_comment_holds_the_markers_hash_within_a_hundred_characters() {
        create();

        assertThat(http.last(SEND).path("Comment").textValue())
                .isEqualTo(Comment.ofBackup("another description, same run [run " + Samples.NIGHTLY + "]"))
                .isNotEqualTo(Comment.ofBackup("before release 4711 [run another]"))
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void a_started_backup_is_told_in_the_contracts_words() {
        Backup backup = ((Started) create()).backup();

        assertThat(backup.id()).isEqualTo(SERVER + "-20260301020000000");
        assertThat(backup.description()).isEqualTo(OURS);
        assertThat(backup.createdAt()).isEqualTo(TWO_O_CLOCK.plusMillis(1_500));
        assertThat(backup.members()).containsEntry("CommandId", "command-1");
    }

    @Test
    void an_instance_that_left_at_the_last_moment_may_be_tried_again() {
        http.typed(SEND, 400, "InvalidInstanceId");

        assertThat(create())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.INVALID_STATE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeInstanceInformation", "ListCommands"})
    void trouble_before_the_command_is_no_doubt_and_is_tried_again(String operation) {
        http.typed(operation, 503, "ServiceUnavailable");

        assertThat(refusal(create()).type()).isEqualTo(ErrorType.SERVICE_UNAVAILABLE);

        http.lost(operation);

        assertThat(refusal(create()).type().isRetryable()).isTrue();
    }

    @Test
    void tags_that_cannot_be_read_are_not_taken_for_no_tag() {
        tagged(Map.of());
        http.usually("GetResources", "{}");

        assertThat(refusal(create()).type()).isEqualTo(ErrorType.NO_ANSWER);
    }

    @Test
    void an_instance_that_is_gone_is_not_found() {
        http.typed("DescribeInstanceInformation", 400, "InvalidInstanceId");
        http.usually("DescribeInstanceInformation", AWAY);
        http.typed("DescribeInstanceProperties", 400, "InvalidInstanceId");

        assertThat(refusal(create()).type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND);
    }

    private static final String AWAY = "{\"InstanceInformationList\":[]}";

    /** What EC2 calls the instance, among others. */
    private void ec2Calls(String state) {
        http.usually("DescribeInstanceProperties", """
            {"InstanceProperties":[{"InstanceId":"i-00000000000000001","InstanceState":"terminated"},
             {"InstanceId":"%s","InstanceState":"%s"}]}\
            """.formatted(SERVER, state));
    }

    @Test
    void an_instance_that_is_stopped_or_not_managed_is_in_an_invalid_state() {
        http.usually("DescribeInstanceInformation", AWAY);

        assertRefused(ErrorType.INVALID_STATE, "instance " + SERVER + " is stopped, or not managed by Systems Manager");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''            | InvalidStateException     | instance %s is not Online: %s
        pending       | InvalidStateException     | instance %s is not Online: %s; its EC2 state is pending
        running       | InvalidStateException     | instance %s is not Online: %s; its EC2 state is running
        stopping      | InvalidStateException     | instance %s is not Online: %s; its EC2 state is stopping
        stopped       | InvalidStateException     | instance %s is not Online: %s; its EC2 state is stopped
        shutting-down | ResourceNotFoundException | instance %s does not exist any more: its EC2 state is shutting-down
        terminated    | ResourceNotFoundException | instance %s does not exist any more: its EC2 state is terminated
        """)
    void an_instance_that_has_lost_its_connection_may_come_back_unless_ec2_calls_it_gone(
            String state, ErrorType type, String message) {
        http.usually("DescribeInstanceInformation", """
            {"InstanceInformationList":[{"InstanceId":"%s","PingStatus":"ConnectionLost","LastPingDateTime":1772330000}]}\
            """.formatted(SERVER));
        ec2Calls(state);

        assertRefused(
                type,
                message.formatted(
                        SERVER,
                        "the ping status of its agent is ConnectionLost, its last ping was at 2026-03-01T01:53:20Z"));
        assertThat(http.last("DescribeInstanceProperties")
                        .at("/InstancePropertyFilterList/0/valueSet/0")
                        .textValue())
                .isEqualTo(SERVER.value());
    }

    @Test
    void where_ec2s_state_may_not_be_asked_the_instance_may_come_back() {
        http.usually("DescribeInstanceInformation", AWAY);
        http.typed("DescribeInstanceProperties", 400, "AccessDeniedException");

        assertRefused(
                ErrorType.INVALID_STATE,
                "instance " + SERVER
                        + " is stopped, or not managed by Systems Manager; its EC2 state could not be"
                        + " read: AccessDeniedException");
    }

    @Test
    void an_empty_page_that_is_not_the_last_says_nothing() {
        http.once("DescribeInstanceInformation", 200, "{\"InstanceInformationList\":[],\"NextToken\":\"more\"}");

        assertThat(create()).isInstanceOf(Started.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProgress", "Cancelling"})
    void a_server_whose_command_has_not_ended_is_backing_up(String status) {
        http.usually("ListCommands", commands(command(ID, status)));

        assertThat(refusal(create()).type()).isEqualTo(ErrorType.INVALID_STATE);
    }

    private SystemsManagerBackupService counting(BackupCount count) {
        return StubbedAdapter.service(http, clock, PATIENCE, StubbedAdapter.TERMS, count);
    }

    @Test
    void a_server_with_as_many_backups_as_it_may_have_has_no_room() {
        BackupError error = refusal(create(counting((_, most) -> most)));

        assertThat(error.type()).isEqualTo(ErrorType.LIMIT_EXCEEDED);
        assertThat(error.message())
                .isEqualTo(
                        "the server has 2 backups, as many as allowed (MAX_BACKUPS_PER_SERVER); delete those that are"
                                + " not needed any more, or let Server Backup do it (RETAINED_BACKUPS)");
        assertThat(create(counting((_, most) -> most - 1))).isInstanceOf(Started.class);
    }

    @Test
    void where_the_backups_can_not_be_counted_the_attempt_is_tried_again() {
        SystemsManagerBackupService uncounted = counting((_, _) -> {
            throw new IllegalStateException("the audit is not there");
        });

        assertThat(refusal(create(uncounted)).type().isRetryable()).isTrue();
    }

    @Test
    void a_look_reads_every_page_and_only_what_is_ours() {
        String foreign = "{\"CommandId\":\"x\",\"Comment\":\"patching\",\"Status\":\"Success\",\"Parameters\":{}}";
        String bare = "{\"CommandId\":\"y\",\"Status\":\"Success\"}";
        http.once("ListCommands", 200, "{\"Commands\":[%s,%s],\"NextToken\":\"more\"}".formatted(foreign, bare));
        http.once("ListCommands", 200, commands(command(ID, "InProgress")));

        assertThat(((ListResult.Backups) look()).backups()).singleElement().satisfies(backup -> {
            assertThat(backup.id()).isEqualTo(ID);
            assertThat(new Marker(Samples.NIGHTLY, SERVER, TWO_O_CLOCK).allIn(List.of(backup)))
                    .containsExactly(backup);
        });
    }

    @Test
    void a_description_that_does_not_fit_its_comment_is_nobodys() {
        http.usually("ListCommands", commands(command(ID, "InProgress").replace("Server Backup ", "Server Backup 0")));

        assertThat(look()).isEqualTo(new ListResult.Backups(List.of()));
    }

    @Test
    void a_look_that_breaks_off_between_pages_knows_nothing() {
        http.once("ListCommands", 200, "{\"Commands\":[],\"NextToken\":\"more\"}")
                .typed("ListCommands", 503, "ServiceUnavailable");

        assertThat(look()).isInstanceOf(ListResult.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "{\"Commands\":null}"})
    void a_look_whose_answer_holds_no_list_knows_nothing(String body) {
        http.once("ListCommands", 200, body);

        assertThat(look()).isInstanceOf(ListResult.Unavailable.class);
    }

    @Test
    void a_look_for_a_marker_goes_back_no_further_than_it_must() {
        service().backupsOf(SERVER, TWO_O_CLOCK.minusMillis(1));

        assertThat(http.last("ListCommands").at("/Filters/0/key").textValue()).isEqualTo("InvokedAfter");
        assertThat(http.last("ListCommands").at("/Filters/0/value").textValue()).isEqualTo("2026-03-01T01:59:59Z");
    }

    private static String invocation(String command, String status, String output) {
        return """
            {"CommandId":"%s","Status":"%s","StatusDetails":"%s","CommandPlugins":[{"ResponseCode":0,"Output":"%s"}]}\
            """.formatted(
                        command, status, status, output.replace("\"", "\\\"").replace("\n", "\\n"));
    }

    private static final String VERIFIED =
            "{\"backupId\":\"%s\",\"artefact\":\"/var/a.tar\",\"size\":1,\"sha256\":\"%s\"}"
                    .formatted(ID, "ab".repeat(32));

    /** How the one that was started stands by a listing of these. */
    private Optional<Backup> listed(String... invocations) {
        http.usually(
                "ListCommandInvocations", "{\"CommandInvocations\":[%s]}".formatted(String.join(",", invocations)));
        Backup started = Backup.of(Map.of(Backup.ID, ID, "CommandId", "command-1", Backup.STATUS, "IN_PROGRESS"));
        return service().states(TWO_O_CLOCK, () -> true).of(started);
    }

    @Test
    void a_listing_tells_what_has_ended_well_by_the_documents_own_line() {
        assertThat(listed(
                        invocation("command-2", "Failed", ""),
                        invocation("command-1", "Success", VERIFIED + "\n----------ERROR-------\nwarning: {}")))
                .hasValueSatisfying(backup -> {
                    assertThat(backup.status()).isEqualTo(BackupStatus.OK);
                    assertThat(backup.members()).containsEntry("Artefact", "/var/a.tar");
                    assertThat(backup.members()).containsEntry("StatusDetails", "Success");
                });
    }

    /** Standard error stands behind the line and is none of it. */
    @Test
    void a_listing_tells_that_a_document_refused() {
        String line = "{\"backupId\":\"%s\",\"error\":\"InvalidStateException\",\"message\":\"busy\"}".formatted(ID);

        assertThat(listed(invocation("command-1", "Failed", line + "\n----------ERROR-------\nwarning: {}")))
                .map(Backup::failure)
                .contains(ErrorType.INVALID_STATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProgress", "Delayed", "Cancelling", "Unheard"})
    void a_line_is_not_believed_before_its_command_has_ended(String status) {
        assertThat(listed(invocation("command-1", status, VERIFIED)))
                .map(Backup::status)
                .contains(BackupStatus.IN_PROGRESS);
    }

    @Test
    void what_a_listing_does_not_show_or_cuts_short_is_left_to_a_look() {
        String cut = VERIFIED.substring(0, 60);

        assertThat(listed()).isEmpty();
        assertThat(listed(invocation("command-2", "Success", VERIFIED))).isEmpty();
        assertThat(listed(invocation("command-1", "Success", cut))).isEmpty();
        assertThat(listed(invocation("command-1", "Failed", ""))).isEmpty();
    }

    @Test
    void the_commands_of_the_document_are_listed_with_their_details_to_the_last_page() {
        http.once("ListCommandInvocations", 200, "{\"CommandInvocations\":[],\"NextToken\":\"more\"}");

        assertThat(listed(invocation("command-1", "InProgress", ""))).isPresent();
        assertThat(http.transmitted("ListCommandInvocations")).isEqualTo(2);
        JsonNode last = http.last("ListCommandInvocations");
        assertThat(last.path("Details").booleanValue()).isTrue();
        assertThat(last.path("MaxResults").intValue()).isEqualTo(50);
        assertThat(last.at("/Filters/0/value").textValue()).isEqualTo("2026-03-01T02:00:00Z");
        assertThat(last.at("/Filters/1/value").textValue()).isEqualTo("Backup");
    }

    @Test
    void a_listing_that_is_refused_says_why_and_knows_nothing() {
        http.typed("ListCommandInvocations", 400, "AccessDeniedException");

        var states = service().states(TWO_O_CLOCK, () -> true);

        assertThat(states.trouble()).map(error -> error.type().name()).contains("AccessDeniedException");
        assertThat(states.of(Backup.of(Map.of(Backup.ID, ID)))).isEmpty();
    }
}
