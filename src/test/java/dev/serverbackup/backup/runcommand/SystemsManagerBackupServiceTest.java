package dev.serverbackup.backup.runcommand;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static dev.serverbackup.backup.runcommand.StubbedAdapter.*;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
        return create(StubbedAdapter.service(http, theirs, callTimeout, StubbedAdapter.TIMEOUTS, (_, _) -> 0));
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
        Backup backup = ((Started) create()).backup();

        assertThat(http.last(SEND)).hasToString("""
            {"InstanceIds":["%s"],"DocumentName":"Backup","DocumentVersion":"7","TimeoutSeconds":600,"Comment":"%s",\
            "Parameters":{"backupId":["%s"],"beginBefore":["%010d"],"description":["%s"],\
            "destination":["/var/backups/server-backup"],"engine":["generic"],"executionTimeout":["21600"]}}\
            """.formatted(
                        SERVER,
                        Comment.ofBackup(OURS),
                        backup.id(),
                        TWO_O_CLOCK.plus(StubbedAdapter.TIMEOUTS.delivery()).getEpochSecond(),
                        Comment.packed(OURS)));
        assertThat(backup.id()).isEqualTo(SERVER + "-20260301020000000");
        assertThat(backup.description()).isEqualTo(OURS);
        assertThat(backup.createdAt()).isEqualTo(TWO_O_CLOCK.plusMillis(1_500));
        assertThat(backup.members()).containsEntry("CommandId", "command-1");
    }

    @Test
    void the_comment_holds_the_markers_hash_within_a_hundred_characters() {
        assertThat(Comment.ofBackup(OURS))
                .isEqualTo(Comment.ofBackup("another description, same run [run " + Samples.NIGHTLY + "]"))
                .isNotEqualTo(Comment.ofBackup("before release 4711 [run another]"))
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void a_document_may_be_pinned_by_its_hash_and_its_output_logged() {
        String hash = "ab".repeat(32);
        var settings = new RunCommandSettings(
                new Documents(
                        DocumentReference.parse("Backup@" + hash),
                        DocumentReference.parse("Delete:1"),
                        Optional.of(BackupEngine.GENERIC)),
                "s3://backups/chef",
                Duration.ofMinutes(10),
                Duration.ofHours(6),
                2,
                Optional.of("/server-backup/commands"));
        create(StubbedAdapter.service(http, clock, PATIENCE, settings, (_, _) -> 0));

        assertThat(http.last(SEND).toString())
                .contains("\"DocumentHash\":\"%s\",\"DocumentHashType\":\"Sha256\"".formatted(hash))
                .contains("\"CloudWatchLogGroupName\":\"/server-backup/commands\",\"CloudWatchOutputEnabled\":true")
                .doesNotContain("DocumentVersion");
    }

    private void tagged(Map<String, String> tags) {
        server = new Server(SERVER, Optional.of(ARN), tags);
    }

    private String parameter(String name) {
        return http.last(SEND).path("Parameters").path(name).path(0).asText();
    }

    /** An empty tag chooses nothing. */
    @ParameterizedTest
    @CsvSource({
        "chef-automate, '', chef-automate",
        "'', postgres.sh, generic",
        "puppet-enterprise, nightly, puppet-enterprise"
    })
    void a_server_chooses_its_engine_and_its_script_by_its_tags(String tag, String script, String engine) {
        tagged(Map.of("BackupEngine", tag, "BackupScript", script));

        create();

        assertThat(parameter("engine")).isEqualTo(engine);
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

    /** As many turns as there are calls, but one; and none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void without_a_turn_nothing_is_read_and_what_nothing_was_read_of_is_tried_again(int turns) {
        tagged(Map.of());
        AtomicInteger left = new AtomicInteger(turns);
        SystemsManagerBackupService service = service();
        service.prepare(List.of(server), () -> left.getAndDecrement() > 0);

        assertThat(http.transmitted()).hasSize(turns);
        assertThat(refusal(service.createBackup(server, OURS, SOON)).type()).isEqualTo(ErrorType.NO_ANSWER);
        assertThat(refusal(service().createBackup(server, OURS, SOON)).type()).isEqualTo(ErrorType.NO_ANSWER);
    }

    @Test
    void a_server_that_a_command_was_just_sent_to_is_backing_up() {
        SystemsManagerBackupService service = service();
        assertThat(create(service)).isInstanceOf(Started.class);

        assertThat(create(service))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.INVALID_STATE));
        assertThat(http.transmitted()).containsExactly("DescribeInstanceInformation", "ListCommands", SEND);
        assertThat(http.last("DescribeInstanceInformation").path("Filters"))
                .hasToString("[{\"Key\":\"InstanceIds\",\"Values\":[\"%s\"]}]".formatted(SERVER));
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
    void an_instance_that_left_at_the_last_moment_may_be_tried_again() {
        http.typed(SEND, 400, "InvalidInstanceId");

        assertThat(create())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().type()).isEqualTo(ErrorType.INVALID_STATE));
    }

    /** It says nothing of the server, and nothing was sent yet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        DescribeInstanceInformation | 503 | {"__type":"ServiceUnavailable"}    | ServiceUnavailable
        DescribeInstanceInformation | 200 | {}                                 | NoAnswer
        DescribeInstanceInformation | 400 | {"__type":"AccessDeniedException"} | NoAnswer
        ListCommands                | 503 | {"__type":"ServiceUnavailable"}    | ServiceUnavailable
        ListCommands                | 200 | {}                                 | NoAnswer
        GetResources                | 200 | {}                                 | NoAnswer
        """)
    void trouble_before_the_command_is_no_doubt_and_is_tried_again(
            String operation, int status, String body, ErrorType type) {
        tagged(Map.of());
        http.once(operation, status, body);

        assertThat(refusal(create()).type()).isEqualTo(type);
        assertThat(type.isRetryable()).isTrue();
    }

    @Test
    void a_list_that_may_not_be_read_is_named() {
        http.typed("DescribeInstanceInformation", 400, "AccessDeniedException");

        assertRefused(
                ErrorType.NO_ANSWER,
                "the state of the servers could not be read before a command was sent: AccessDeniedException: because");
    }

    private void away() {
        http.usually("DescribeInstanceInformation", "{\"InstanceInformationList\":[]}");
    }

    @Test
    void an_instance_that_is_gone_is_not_found() {
        http.typed("DescribeInstanceInformation", 400, "InvalidInstanceId");
        away();
        http.typed("DescribeInstanceProperties", 400, "InvalidInstanceId");

        assertThat(refusal(create()).type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND);
    }

    @Test
    void an_instance_that_is_stopped_or_not_managed_is_in_an_invalid_state_also_where_ec2s_may_not_be_asked() {
        String seen = "instance " + SERVER + " is stopped, or not managed by Systems Manager";
        away();
        assertRefused(ErrorType.INVALID_STATE, seen);

        http.typed("DescribeInstanceProperties", 400, "AccessDeniedException");
        assertRefused(ErrorType.INVALID_STATE, seen + "; its EC2 state could not be read: AccessDeniedException");
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
        http.usually("DescribeInstanceProperties", """
            {"InstanceProperties":[{"InstanceId":"i-00000000000000001","InstanceState":"terminated"},
             {"InstanceId":"%s","InstanceState":"%s"}]}\
            """.formatted(SERVER, state));

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
    void an_empty_page_that_is_not_the_last_says_nothing() {
        http.once("DescribeInstanceInformation", 200, "{\"InstanceInformationList\":[],\"NextToken\":\"more\"}");

        assertThat(create()).isInstanceOf(Started.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProgress", "Cancelling", "Unheard"})
    void a_server_whose_command_has_not_ended_is_backing_up(String status) {
        http.usually("ListCommands", commands(command(ID, status)));

        assertThat(refusal(create()).type()).isEqualTo(ErrorType.INVALID_STATE);
    }

    private SystemsManagerBackupService counting(BackupCount count) {
        return StubbedAdapter.service(http, clock, PATIENCE, StubbedAdapter.TIMEOUTS, count);
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
        String unfit = command(ID, "Success").replace("Server Backup ", "Server Backup 0");
        http.once(
                "ListCommands",
                200,
                "{\"Commands\":[%s,%s,%s],\"NextToken\":\"more\"}".formatted(foreign, bare, unfit));
        http.once("ListCommands", 200, commands(command(ID, "InProgress")));

        assertThat(shown()).singleElement().satisfies(backup -> {
            assertThat(backup.members())
                    .containsEntry(Backup.ID, ID)
                    .containsEntry("DocumentName", "Backup")
                    .containsEntry("DocumentVersion", "7");
            assertThat(new Marker(Samples.NIGHTLY, SERVER, TWO_O_CLOCK).allIn(List.of(backup)))
                    .containsExactly(backup);
        });
    }

    private List<Backup> shown() {
        ListResult look = look();
        assertThat(look).isInstanceOf(ListResult.Backups.class);
        return ((ListResult.Backups) look).backups();
    }

    @ParameterizedTest
    @CsvSource({"InProgress, DELETING", "Failed, OK", "Success,"})
    void a_look_shows_a_backup_until_its_deletion_has_succeeded(String deletion, BackupStatus status) {
        http.usually("ListCommands", commands(command(ID, "Success"), deletion(ID, deletion)));

        assertThat(shown())
                .extracting(Backup::status)
                .isEqualTo(Optional.ofNullable(status).stream().toList());
    }

    private void assertNothingIsKnown(String why) {
        assertThat(look())
                .isInstanceOfSatisfying(
                        ListResult.Unavailable.class,
                        silence -> assertThat(silence.error().message()).contains(why));
    }

    @Test
    void a_look_that_breaks_off_between_pages_knows_nothing() {
        String first = "{\"Commands\":[],\"NextToken\":\"more\"}";
        http.once("ListCommands", 200, first).typed("ListCommands", 503, "ServiceUnavailable");
        assertNothingIsKnown("because");

        http.usually("ListCommands", _ -> {
            clock.move(PATIENCE.dividedBy(2));
            return first;
        });
        assertNothingIsKnown("no time was left to read all commands of the server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "{\"Commands\":null}"})
    void a_look_whose_answer_holds_no_list_knows_nothing(String body) {
        http.once("ListCommands", 200, body);

        assertThat(look()).isInstanceOf(ListResult.Unavailable.class);
    }

    @Test
    void a_look_that_is_interrupted_knows_nothing_and_keeps_the_interrupt() {
        Thread.currentThread().interrupt();

        ListResult look = look();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(look).isInstanceOf(ListResult.Unavailable.class);
    }

    @Test
    void a_look_for_a_marker_goes_back_no_further_than_it_must() {
        service().backupsOf(SERVER, TWO_O_CLOCK.minusMillis(1));

        assertThat(http.last("ListCommands").path("Filters"))
                .hasToString("[{\"key\":\"InvokedAfter\",\"value\":\"2026-03-01T01:59:59Z\"}]");
    }
}
