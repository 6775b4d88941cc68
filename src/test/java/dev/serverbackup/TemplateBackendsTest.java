package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.BackupEngine;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.local.dynamodb.TemplateSection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code template.yaml} deploys for one backend, and not for the other. */
class TemplateBackendsTest {
    private static final TemplateSection PARAMETERS = FunctionTemplate.PARAMETERS;
    private static final Deployed ON_OPSWORKS_CM = Deployed.inFullOn(Deployed.OPSWORKS_CM);
    private static final Deployed ON_INSTANCES = Deployed.inFullOn(Deployed.SYSTEMS_MANAGER);
    private static final Deployed RUN_COMMAND = ON_INSTANCES.application("RunCommand");

    private static Set<String> onlyThere(Deployed there, Deployed here) {
        Set<String> names = new TreeSet<>(there.resources().values().keySet());
        names.addAll(there.outputs().values().keySet());
        names.removeAll(here.resources().values().keySet());
        names.removeAll(here.outputs().values().keySet());
        return names;
    }

    /** Which of these words stand anywhere in what is deployed. */
    private static List<String> named(Deployed stack, String... words) {
        String text = (stack.globals().toString()
                        + stack.resources()
                        + stack.outputs()
                        + stack.application("Alarms").resources())
                .toLowerCase(Locale.ROOT);
        return Stream.of(words).filter(text::contains).toList();
    }

    @Test
    void for_opsworks_cm_nothing_of_systems_manager_is_deployed_or_permitted() {
        assertThat(named(ON_OPSWORKS_CM, "opsworks", "ssm", "systems-manager", "systemsmanager", "sendcommand"))
                .containsExactly("opsworks");
        assertThat(onlyThere(ON_OPSWORKS_CM, ON_INSTANCES)).isEmpty();
        assertThat(onlyThere(ON_OPSWORKS_CM.application("Alarms"), ON_INSTANCES.application("Alarms")))
                .containsExactly("QuotaAlarm");
    }

    @Test
    void for_systems_manager_nothing_of_opsworks_cm_is() {
        assertThat(named(ON_INSTANCES, "ssm", "opsworks", "manualbackups")).containsExactly("ssm");
        assertThat(onlyThere(ON_INSTANCES, ON_OPSWORKS_CM))
                .containsExactly(
                        "CommandEndedRule",
                        "CommandEndedRulePermission",
                        "CommandLogGroupName",
                        "Restore",
                        "RestoreDocument",
                        "RunCommand");
        assertThat(onlyThere(ON_INSTANCES.application("Alarms"), ON_OPSWORKS_CM.application("Alarms")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Deployed.OPSWORKS_CM, Deployed.SYSTEMS_MANAGER})
    void the_dashboard_is_json_for_each(String backend) {
        assertThat(Watched.dashboard(backend).path("widgets")).hasSize(backend.equals(Deployed.OPSWORKS_CM) ? 10 : 9);
    }

    @Test
    void the_backends_of_the_template_are_those_of_the_settings() {
        assertThat(allowed("BackupBackend"))
                .allSatisfy(backend -> assertThat(settings(backend).backend()).isNotNull());
    }

    @Test
    void whoever_deploys_must_choose_the_backend() {
        assertThat(PARAMETERS.section("BackupBackend").values()).doesNotContainKey("Default");
    }

    @Test
    void the_engines_are_the_same_for_the_template_the_code_and_the_document() {
        assertThat(allowed("DefaultBackupEngine"))
                .containsExactlyElementsOf(Stream.concat(Stream.of(""), BackupEngine.ids().stream())
                        .toList());
        assertThat(parameter("BackupDocument", "engine").values().get("allowedValues"))
                .isEqualTo(BackupEngine.ids());
    }

    /** A place that the template takes, settings and documents take too; empty is what no place is chosen by. */
    @Test
    void a_destination_is_of_the_documents_own_form() {
        String pattern = PARAMETERS.section("BackupDestination").text("AllowedPattern");

        assertThat(documents())
                .allSatisfy(document -> assertThat("^("
                                + parameter(document, "destination")
                                        .text("allowedPattern")
                                        .replaceAll("^\\^|\\$$", "")
                                + ")?$")
                        .isEqualTo(pattern));
        assertThat(commands().destination()).matches(pattern);
    }

    private static TemplateSection parameter(String document, String name) {
        return RUN_COMMAND
                .properties(document)
                .section("Content")
                .section("parameters")
                .section(name);
    }

    /** A name that is replaced with its content has no other version. */
    @Test
    void each_document_that_may_be_run_is_one_of_the_template_in_its_first_version_and_so_is_the_log_group() {
        Documents pinned = commands().documents();

        assertThat(Stream.of(pinned.backup(), pinned.deletion()))
                .allSatisfy(pin -> assertThat(pin.version()).contains("1"))
                .extracting(Documents.DocumentReference::name)
                .containsExactly(RUN_COMMAND.named("${BackupDocument}"), RUN_COMMAND.named("${DeletionDocument}"))
                .allMatch(name -> name.matches("server-backup-(backup|delete)-[0-9a-f]{12}"));
        assertThat(documents()).containsExactlyInAnyOrder("BackupDocument", "DeletionDocument");
        assertThat(commands().logGroup()).contains("/aws/ssm/server-backup-commands");
    }

    private static List<String> documents() {
        TemplateSection resources = RUN_COMMAND.resources();
        return resources.values().keySet().stream()
                .filter(name -> resources.section(name).text("Type").equals("AWS::SSM::Document"))
                .toList();
    }

    private static RunCommandSettings commands() {
        return ((Backend.RunCommand) settings(Deployed.SYSTEMS_MANAGER).backend()).settings();
    }

    private static Settings settings(String backend) {
        return Settings.from(new FunctionTemplate("BackupFunction", Deployed.on(backend)).environment());
    }

    private static List<String> allowed(String parameter) {
        return ((List<?>) PARAMETERS.section(parameter).values().get("AllowedValues"))
                .stream().map(Object::toString).toList();
    }
}
