package dev.serverbackup;

import static dev.serverbackup.LocalApplication.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetInstance;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.systemsmanager.Instance;
import dev.serverbackup.local.systemsmanager.StatusEvent;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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

    private static final String NOBODY = "{\"serverNames\": [\"nobody\"]}";

    @Test
    void the_run_makes_every_call_that_its_role_allows_and_no_other() {
        Fleet withRoomForOne = Fleet.of(tagged("alpha"), tagged("bravo").in(ServerStatus.BACKING_UP), tagged("charlie"))
                .unthrottled()
                .limited(new Limits(10, 1));
        try (var app = LocalApplication.over(Map.of(), withRoomForOne)) {
            app.run("nightly");
            app.run("nightly");
            app.run("of-nobody", NOBODY);
            var client = app.cloud.dynamoDb().client();

            assertThatThrownBy(() -> PermissionCheck.as(Role.RUN, () -> client.scan(scan -> scan.tableName("any"))))
                    .hasStackTraceContaining(
                            "BackupFunction on opsworks-cm in template.yaml does not allow dynamodb:Scan on "
                                    + Permission.TABLE);
        }

        assertAllIsUsed(Role.RUN);
    }

    @Test
    void the_follow_up_makes_every_call_that_its_role_allows_and_no_other() {
        Map<String, String> settings = Map.of("RETAINED_BACKUPS", "1", "SCHEDULE_EXPRESSION", "cron(10 2 * * ? *)");
        try (var app = LocalApplication.over(settings, tagged("alpha"))) {
            app.audit.open(Samples.run(Samples.ALPHA, Samples.BRAVO));
            app.passesLater(3);
            app.run("tuesday");
            app.passesLater(3);
            // The first one stays, since it is the newest that was verified.
            app.run("wednesday");
            // At ten past two no event came.
            app.passesLater(3);
            // The digest.
            app.passLater(Duration.ofHours(6));
        }

        assertAllIsUsed(Role.FOLLOW_UP);
    }

    /**
     * The sample instances have each engine; what waits is attempted by the follow-up, and what is too much deleted.
     */
    @Test
    void on_instances_both_make_every_call_that_their_roles_allow_and_no_other() {
        try (var app = LocalApplication.onInstances(Map.of("RETAINED_BACKUPS", "1"))) {
            for (String day : List.of("monday", "tuesday")) {
                app.run(day);
                app.passesLater(1);
            }
            app.run("tuesday");
            app.run("of-nobody", NOBODY);
            agentsAre(Instance.Standing.OFFLINE, app);
            app.run("wednesday");
            app.passesLater(1);
            agentsAre(Instance.Standing.ONLINE, app);
            app.passesLater(1);
            openRunWithoutEntries(app);
            app.passesLater(2);
            app.pass(app.notified(StatusEvent.DETAIL_TYPE).getLast());
            app.passLater(Duration.ofHours(6));
        }

        assertAllIsUsed(Role.RUN_ON_INSTANCES);
        assertAllIsUsed(Role.FOLLOW_UP_ON_INSTANCES);
    }

    private static void agentsAre(Instance.Standing standing, LocalApplication app) {
        LocalApplication.SAMPLES
                .instances()
                .forEach(one -> app.cloud.commands().put(one.instance().in(standing)));
    }

    /** The follow-up writes the entries, and knows the servers' ARNs, not their tags. */
    private static void openRunWithoutEntries(LocalApplication app) {
        List<Server> servers = LocalApplication.SAMPLES.instances().stream()
                .map(FleetInstance::instance)
                .filter(one -> one.tags().containsKey("Backup"))
                .map(one -> new Server(
                        new ServerName(one.id()),
                        Optional.of(one.listed("us-east-1", "123456789012").arn()),
                        Map.of()))
                .toList();
        Run run = Samples.run(new RunId("thursday"), servers);
        app.audit.open(Samples.like(run, BackupBackend.SYSTEMS_MANAGER, app.clock.instant()));
    }

    private static void assertAllIsUsed(Role role) {
        assertThat(Permission.lines(PermissionCheck.used(role))).isEqualTo(Permission.lines(Permission.ofCode(role)));
    }

    @ParameterizedTest
    @MethodSource("dev.serverbackup.Role#all")
    void only_what_has_no_resource_types_is_allowed_on_everything(Role role) {
        assertThat(Permission.statements(role).flatMap(Permission::of))
                .extracting(Permission::action)
                .as("no action is a pattern")
                .allSatisfy(action -> assertThat(action).doesNotContain("*"));
        assertThat(Permission.statements(role).flatMap(Permission::of))
                .filteredOn(permission -> permission.resource().equals(Permission.ANYTHING))
                .extracting(Permission::action)
                .allMatch(WITHOUT_RESOURCE_TYPES.asMatchPredicate());
    }

    /** A document has no such tag, and a command is allowed if each of its resources is: so it is a statement's own. */
    @ParameterizedTest
    @MethodSource("dev.serverbackup.Role#all")
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
}
