package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the functions may do is what they do. That nothing is missing, {@link PermissionCheck} sees to in every test
 * here; that nothing is there for no use, these tests, which make each function do all that it ever does.
 */
class PermissionsIT {
    /** For which a policy can name no resource: IAM's reference of each service lists none for these actions. */
    private static final Pattern WITHOUT_RESOURCE_TYPES = Pattern.compile("(opsworks-cm|xray):\\w+|tag:GetResources"
            + "|ssm:(DescribeInstance(Information|Properties)|GetCommandInvocation|ListCommand(s|Invocations))");

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(Fleet.of(
                    named("alpha").tagged("Backup", "nightly"),
                    named("bravo").tagged("Backup", "nightly").in(ServerStatus.BACKING_UP),
                    named("charlie").tagged("Backup", "nightly"))
            .unthrottled()
            .limited(new Limits(10, 1)));

    @Test
    void the_run_makes_every_call_that_its_role_allows_and_no_other() {
        function.deliver(RequestEvents.everyServer("nightly"));
        function.deliver(RequestEvents.everyServer("nightly"));
        function.deliver(RequestEvents.selecting("of-nobody", "{\"serverNames\": [\"nobody\"]}"));

        assertAllIsUsed(Role.RUN);
    }

    @Test
    void the_follow_up_makes_every_call_that_its_role_allows_and_no_other() {
        Map<String, String> settings = Map.of("RETAINED_BACKUPS", "1", "SCHEDULE_EXPRESSION", "cron(10 2 * * ? *)");
        try (var stage = new FollowUpStage(settings, FollowUpStage.tagged("alpha"))) {
            stage.audit.open(Samples.run(Samples.ALPHA, Samples.BRAVO));
            stage.passesLater(3);
            stage.run("tuesday");
            stage.passesLater(3);
            // The first one stays, since it is the newest that was verified.
            stage.run("wednesday");
            // At ten past two no event came.
            stage.passesLater(3);
            // The digest.
            stage.passLater(Duration.ofHours(6));
        }

        assertAllIsUsed(Role.FOLLOW_UP);
    }

    /**
     * The sample instances have each engine; what waits is attempted by the follow-up, and what is too much deleted.
     */
    @Test
    void on_instances_both_make_every_call_that_their_roles_allow_and_no_other() {
        try (var stage = new InstancesStage(Map.of("RETAINED_BACKUPS", "1"))) {
            for (String day : List.of("monday", "tuesday")) {
                stage.run(day);
                stage.passLater(Duration.ofMinutes(5));
            }
            stage.run("tuesday");
            stage.run("of-nobody", "{\"serverNames\": [\"nobody\"]}");
            stage.agentsAreLost();
            stage.run("wednesday");
            stage.passLater(Duration.ofMinutes(5));
            stage.agentsAreBack();
            stage.passLater(Duration.ofMinutes(5));
            stage.runDiedBeforeItsEntries("thursday");
            stage.passLater(Duration.ofMinutes(5));
            stage.passLater(Duration.ofMinutes(5));
            stage.pass(stage.toldOf(InstancesStage.server("wiki")).getLast());
            stage.passLater(Duration.ofHours(6));
        }

        assertAllIsUsed(Role.RUN_ON_INSTANCES);
        assertAllIsUsed(Role.FOLLOW_UP_ON_INSTANCES);
    }

    private static void assertAllIsUsed(Role role) {
        assertThat(Permission.lines(PermissionCheck.used(role))).isEqualTo(Permission.lines(Permission.ofCode(role)));
    }

    @Test
    void a_call_that_the_role_does_not_allow_fails_the_test_that_makes_it() {
        var client = function.cloud().dynamoDb().client();

        assertThatThrownBy(() -> PermissionCheck.as(Role.RUN, () -> client.scan(scan -> scan.tableName("any"))))
                .hasStackTraceContaining(
                        "BackupFunction on opsworks-cm in template.yaml does not allow dynamodb:Scan on "
                                + Permission.TABLE);
    }

    static List<Role> roles() {
        return Role.all();
    }

    @ParameterizedTest
    @MethodSource("roles")
    void only_what_has_no_resource_types_is_allowed_on_everything(Role role) {
        assertThat(Permission.statements(role).flatMap(Permission::of))
                .filteredOn(permission -> permission.resource().equals(Permission.ANYTHING))
                .extracting(Permission::action)
                .allMatch(WITHOUT_RESOURCE_TYPES.asMatchPredicate());
    }

    @ParameterizedTest
    @MethodSource("roles")
    void no_action_is_a_pattern(Role role) {
        assertThat(Permission.statements(role).flatMap(Permission::of))
                .extracting(Permission::action)
                .allSatisfy(action -> assertThat(action).doesNotContain("*"));
    }

    /** A document has no such tag, and a command is allowed if each of its resources is: so it is a statement's own. */
    @ParameterizedTest
    @MethodSource("roles")
    void no_instance_can_be_commanded_that_does_not_have_the_tag(Role role) {
        assertThat(Permission.statements(role)
                        .filter(statement -> Permission.of(statement)
                                .anyMatch(permission -> permission.resource().contains("instance/"))))
                .hasSize(role.backend().equals(Deployed.SYSTEMS_MANAGER) ? 1 : 0)
                .allSatisfy(statement -> assertThat(statement.values())
                        .containsEntry(
                                "Resource",
                                List.of(
                                        Map.of("Fn::Sub", Permission.INSTANCES),
                                        Map.of("Fn::Sub", Permission.MANAGED_NODES)))
                        .containsEntry("Condition", Map.of("StringLike", Map.of("ssm:resourceTag/Backup", "*"))));
    }

    /** In a comment right above it. */
    @Test
    void every_statement_about_everything_says_why() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("template.yaml"));

        assertThat(Role.all().stream()
                        .flatMap(Permission::statements)
                        .filter(statement -> "*".equals(statement.values().get("Resource")))
                        .map(statement -> statement.text("Sid")))
                .isNotEmpty()
                .allSatisfy(sid -> assertThat(aboveEach(sid, lines)).allMatch(line -> line.startsWith("#")));
    }

    private static List<String> aboveEach(String sid, List<String> lines) {
        Pattern begin = Pattern.compile("- \\{?Sid: " + sid + "\\b.*");
        List<String> above = Stream.iterate(1, i -> i < lines.size(), i -> i + 1)
                .filter(i -> begin.matcher(lines.get(i).strip()).matches() && isAboutEverything(lines, i))
                .map(i -> lines.get(i - 1).strip())
                .toList();
        assertThat(above).as(sid).isNotEmpty();
        return above;
    }

    /** A statement on one line, or on several. */
    private static boolean isAboutEverything(List<String> lines, int sid) {
        Stream<String> further = lines.subList(sid + 1, lines.size()).stream()
                .takeWhile(line -> !line.strip().matches("- \\{?Sid: .*"));
        return Stream.concat(Stream.of(lines.get(sid)), further).anyMatch(line -> line.contains("Resource: '*'"));
    }
}
